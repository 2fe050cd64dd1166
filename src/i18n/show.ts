/** plan show and plan list */
const en = {
  // plan show
  noBrief: (kata: string) => `${kata} has no brief yet.`,
  otherLanguage: 'This brief exists only in Spanish so far.',
  strategies: 'Strategies',
  languages: 'Languages',
  inThisLab: 'In the lab',
  services: 'Services',
  noServices: 'none',
  options: 'Options and their defaults',
  hints: 'Hints',
  defaultLanguage: 'default',
  hintCount: (count: number) => (count === 1 ? 'There is 1 hint.' : `There are ${count} hints.`),
  noHints: 'This kata has no hints.',
  hintOf: (n: number, count: number) => `Hint ${n} of ${count}`,
  nextHint: (command: string) => `The next one: ${command}`,
  lastHint: 'That was the last hint.',
  badHint: (value: string, count: number) =>
    count === 0
      ? 'This kata has no hints.'
      : `--hint takes a number from 1 to ${count}, not '${value}'.`,
  commands: 'To type next',
  runLesson: 'see it fail, see the cures, measure both',
  runOwn: 'judge your own implementation',
  seeOptions: 'all options of this kata',
  seeHint: 'a hint, when you are stuck',
  writeJournal: 'write what was measured into your journal',
  // plan list
  kata: 'kata',
  title: 'title',
  place: 'in the plan',
  placeOf: (month: number, first: number, last: number) => `month ${month}, weeks ${first}-${last}`,
  lastRun: 'last run',
  done: 'done',
  notInLab: 'In the plan, not in the lab yet',
  noRun: 'none yet',
  noRoot: 'No progress.json from here upwards: plan init makes one, to note runs and ticks.',
  stale: 'stale: your code has changed',
  outcomes: {
    'as-expected': 'as expected',
    violated: 'violated',
    inconclusive: 'inconclusive',
    error: 'error',
    interrupted: 'interrupted',
  },
  listHint: 'plan show <kata> tells what one is about; plan run <kata> runs it.',
};

const es: typeof en = {
  noBrief: (kata) => `${kata} aún no tiene enunciado.`,
  otherLanguage: 'Este enunciado solo existe en inglés por ahora.',
  strategies: 'Estrategias',
  languages: 'Lenguajes',
  inThisLab: 'En el laboratorio',
  services: 'Servicios',
  noServices: 'ninguno',
  options: 'Opciones y sus valores por defecto',
  hints: 'Pistas',
  defaultLanguage: 'por defecto',
  hintCount: (count) => (count === 1 ? 'Hay 1 pista.' : `Hay ${count} pistas.`),
  noHints: 'Esta kata no tiene pistas.',
  hintOf: (n, count) => `Pista ${n} de ${count}`,
  nextHint: (command) => `La siguiente: ${command}`,
  lastHint: 'Esa era la última pista.',
  badHint: (value, count) =>
    count === 0
      ? 'Esta kata no tiene pistas.'
      : `--hint admite un número de 1 a ${count}, no '${value}'.`,
  commands: 'Qué escribir ahora',
  runLesson: 'mira cómo falla, mira las curas, mide ambas',
  runOwn: 'juzga tu propia implementación',
  seeOptions: 'todas las opciones de esta kata',
  seeHint: 'una pista, cuando te atasques',
  writeJournal: 'anota lo medido en tu diario',
  kata: 'kata',
  title: 'título',
  place: 'en el plan',
  placeOf: (month, first, last) => `mes ${month}, semanas ${first}-${last}`,
  lastRun: 'última ejecución',
  done: 'hecha',
  notInLab: 'En el plan, aún no en el laboratorio',
  noRun: 'ninguna aún',
  noRoot:
    'No hay progress.json desde aquí hacia arriba: plan init crea uno, para anotar ejecuciones y marcas.',
  stale: 'caducada: tu código ha cambiado',
  outcomes: {
    'as-expected': 'como se esperaba',
    violated: 'violado',
    inconclusive: 'no concluyente',
    error: 'error',
    interrupted: 'interrumpida',
  },
  listHint: 'plan show <kata> cuenta de qué va una; plan run <kata> la ejecuta.',
};

export const showTexts = { en, es };
