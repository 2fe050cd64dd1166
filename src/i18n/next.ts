import { agreeing } from './words.js';

const en = {
  weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  phases: {
    before: 'the plan has not begun',
    'warm-up': 'warm-up',
    theory: 'theory',
    katas: 'katas',
    review: 'review',
    project: 'final project',
    after: 'the weeks of the plan are over',
  },
  noProgress:
    'There is no progress.json here yet, so this is the plan as if it began today. plan init fixes the start.',
  noStart:
    'progress.json has no start date, so this is the plan as if it began today. plan init --start YYYY-MM-DD fixes the start.',
  early: 'Nothing is asked for yet. If you want to begin early:',
  today: 'Today',
  due: (date: string) => `due ${date}`,
  held: (done: number, total: number) =>
    done < total
      ? `${done} of ${total} services ${agreeing.en(done, 'has', 'have')} held as your own`
      : `all ${total} services have held as your own, not yet in one run together`,
  late: (date: string) => `late: due ${date}`,
  read: (source: string) => `Read ${source}. When it is done:`,
  note: 'what it is, where it bites, which kata shows it',
  whenRead: (source: string) => `when you have read it (the plan: ${source})`,
  whenDone: 'When it is done:',
  notInLab: 'The lab does not have this kata yet: do it by yourself. When it is done:',
  lesson: 'see it fail, see the cures, measure both',
  brief: 'the problem, the contract, hints',
  own: 'judge yours; passing ticks it',
  pageTicks: 'write it into your journal; that ticks it',
  along: 'To read along with it:',
  review: 'Review: write down what you learned',
  page: 'your page of the journal',
  report: 'how far you are, in figures',
  milestone: (label: string) => `when you can: ${label}`,
  leftOver: 'Left over from before',
  more: (n: number) => `and ${n} more: plan checklist shows them`,
  finalOpen: (n: number) => `All the blocks are done. Points open in the final checklist: ${n}.`,
  allDone: 'Everything is done. What the plan names for afterwards:',
  type: 'Type now:',
  typeWhenDone: 'Type when it is done:',
  badDate: (given: string) => `'${given}' is not a day: it must be YYYY-MM-DD.`,
  dateMend: 'plan next --date 2026-01-05',
};

const es: typeof en = {
  weekdays: ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'],
  phases: {
    before: 'el plan no ha empezado',
    'warm-up': 'calentamiento',
    theory: 'teoría',
    katas: 'katas',
    review: 'revisión',
    project: 'proyecto final',
    after: 'las semanas del plan han acabado',
  },
  noProgress:
    'Aquí aún no hay progress.json, así que este es el plan como si empezara hoy. plan init fija el inicio.',
  noStart:
    'progress.json no tiene fecha de inicio, así que este es el plan como si empezara hoy. plan init --start AAAA-MM-DD fija el inicio.',
  early: 'Aún no toca nada. Si quieres empezar antes:',
  today: 'Hoy',
  due: (date) => `para el ${date}`,
  held: (done, total) =>
    done < total
      ? `${done} de ${total} servicios ${agreeing.es(done, 'se ha', 'se han')} sostenido siendo tuyos`
      : `los ${total} servicios se han sostenido siendo tuyos, aún no juntos en una ejecución`,
  late: (date) => `con retraso: ${date}`,
  read: (source) => `Lee ${source}. Cuando esté hecho:`,
  note: 'qué es, dónde duele, qué kata lo enseña',
  whenRead: (source) => `cuando lo hayas leído (el plan: ${source})`,
  whenDone: 'Cuando esté hecho:',
  notInLab: 'El laboratorio aún no tiene esta kata: hazla por tu cuenta. Cuando esté hecha:',
  lesson: 'mira cómo falla, mira las curas, mide ambas',
  brief: 'el problema, el contrato, pistas',
  own: 'juzga la tuya; si la supera, queda marcada',
  pageTicks: 'escríbelo en tu diario; eso lo marca',
  along: 'Para leer a la vez:',
  review: 'Revisión: documenta lo aprendido',
  page: 'tu página del diario',
  report: 'cuánto llevas, en cifras',
  milestone: (label) => `cuando puedas: ${label}`,
  leftOver: 'Pendiente de antes',
  more: (n) => `y ${n} más: plan checklist los muestra`,
  finalOpen: (n) => `Todos los bloques están hechos. Puntos abiertos de la checklist final: ${n}.`,
  allDone: 'Está todo hecho. Lo que el plan propone para después:',
  type: 'Escribe ahora:',
  typeWhenDone: 'Escribe cuando esté hecho:',
  badDate: (given) => `'${given}' no es un día: debe ser AAAA-MM-DD.`,
  dateMend: 'plan next --date 2026-01-05',
};

export const nextTexts = { en, es };
