/** plan report */
const en = {
  on: (date: string) => `as of ${date}`,
  noStart: 'No start date yet, so no pace: plan init --start YYYY-MM-DD sets it.',
  before: (date: string) => `The plan starts on ${date}.`,
  warmUp: (date: string) => `Warm-up: week 1 begins on ${date}.`,
  inWeek: (week: number, weeks: number, block: string) => `Week ${week} of ${weeks}: ${block}.`,
  over: (date: string) => `The weeks of the plan ended on ${date}.`,
  span: (start: string, end: string) => `From ${start} to ${end}.`,
  onPace: 'On pace.',
  ahead: (items: number, days: number) => `Ahead by ${count(items)} (${daysOf(days)}).`,
  behind: (items: number, days: number) => `Behind by ${count(items)} (${daysOf(days)}).`,
  byMonth: 'Progress by month',
  month: 'month',
  monthName: (n: number, title: string) => `${n} · ${title}`,
  done: 'done',
  all: 'everything',
  figures: 'Best figures of each kata',
  figuresNote:
    'Latencies in milliseconds. Best is the lowest p99 among what held, your own before a reference.',
  noFigures: 'No run yet: plan run kata-4 makes the first.',
  kata: 'kata',
  by: 'by',
  own: 'you',
  reference: 'reference',
  lab: 'the lab',
  mixed: 'yours among references',
  strategy: 'strategy',
  language: 'language',
  options: 'options',
  perSecond: 'req/s',
  date: 'date',
  lastRun: 'last run',
  neverHeld: 'none held yet',
  run: 'run',
  verdicts: {
    holds: 'holds',
    violated: 'violated',
    inconclusive: 'inconclusive',
    error: 'error',
  },
  evidence: 'Evidence',
  noEvidence: 'Nothing is proved by a run yet: plan run kata-4 --impl ./mine proves yours.',
  fresh: (run: string) => `proved by ${run}`,
  stale: (run: string) => `stale: your implementation has changed since ${run}`,
  gone: (run: string) => `stale: the implementation of ${run} is not there any more`,
  renew: (kata: string, place: string) => `plan run ${kata} --impl ${place} proves it again`,
  byHand: (n: number) => `Ticked by hand: ${n}.`,
  unknown: (ids: string) => `Ticked, but not in this plan: ${ids}.`,
  next: 'What comes next',
  nothingLeft: 'Everything is done.',
  due: (date: string) => `due ${date}`,
  leftOver: (n: number) => `Left over from before: ${n}. plan checklist shows them.`,
};

function count(items: number): string {
  return items === 1 ? '1 item' : `${items} items`;
}

function daysOf(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

const es: typeof en = {
  on: (date) => `a ${date}`,
  noStart: 'Aún no hay fecha de inicio, y sin ella no hay ritmo: plan init --start AAAA-MM-DD.',
  before: (date) => `El plan empieza el ${date}.`,
  warmUp: (date) => `Calentamiento: la semana 1 empieza el ${date}.`,
  inWeek: (week, weeks, block) => `Semana ${week} de ${weeks}: ${block}.`,
  over: (date) => `Las semanas del plan acabaron el ${date}.`,
  span: (start, end) => `Del ${start} al ${end}.`,
  onPace: 'Al día.',
  ahead: (items, days) => `Con adelanto: ${puntos(items)} (${dias(days)}).`,
  behind: (items, days) => `Con retraso: ${puntos(items)} (${dias(days)}).`,
  byMonth: 'Progreso por mes',
  month: 'mes',
  monthName: (n, title) => `${n} · ${title}`,
  done: 'hecho',
  all: 'todo',
  figures: 'Mejores cifras de cada kata',
  figuresNote:
    'Latencias en milisegundos. La mejor es el p99 más bajo entre lo que se cumple, lo tuyo antes que una referencia.',
  noFigures: 'Aún no hay ninguna ejecución: plan run kata-4 hace la primera.',
  kata: 'kata',
  by: 'de',
  own: 'tuya',
  reference: 'referencia',
  lab: 'el laboratorio',
  mixed: 'lo tuyo entre referencias',
  strategy: 'estrategia',
  language: 'lenguaje',
  options: 'opciones',
  perSecond: 'pet/s',
  date: 'fecha',
  lastRun: 'última ejecución',
  neverHeld: 'ninguna se cumple aún',
  run: 'ejecución',
  verdicts: {
    holds: 'se cumple',
    violated: 'violado',
    inconclusive: 'no concluyente',
    error: 'error',
  },
  evidence: 'Evidencia',
  noEvidence:
    'Ninguna ejecución ha demostrado nada aún: plan run kata-4 --impl ./mine demuestra lo tuyo.',
  fresh: (run) => `demostrado por ${run}`,
  stale: (run) => `caducado: tu implementación ha cambiado desde ${run}`,
  gone: (run) => `caducado: la implementación de ${run} ya no está`,
  renew: (kata, place) => `plan run ${kata} --impl ${place} lo demuestra de nuevo`,
  byHand: (n) => `Marcados a mano: ${n}.`,
  unknown: (ids) => `Marcados, pero fuera de este plan: ${ids}.`,
  next: 'Qué viene ahora',
  nothingLeft: 'Está todo hecho.',
  due: (date) => `para el ${date}`,
  leftOver: (n) => `Pendientes de antes: ${n}. plan checklist los muestra.`,
};

function puntos(items: number): string {
  return items === 1 ? '1 punto' : `${items} puntos`;
}

function dias(days: number): string {
  return days === 1 ? '1 día' : `${days} días`;
}

export const reportTexts = { en, es };
