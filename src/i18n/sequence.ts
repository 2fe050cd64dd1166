/** `plan sequence`: what one order was about, over all services. */
const en = {
  runOption: 'of which run (default: the last one of several services)',
  caseOption: 'of one case of the run: its name, or its strategy',
  stuckOption: 'those that did not end',
  client: 'client',
  again: 'again',
  title: (kata: string, run: string) => `${kata}: ${run}`,
  head: (slug: string, noun: string, subject: string) => `${slug}, ${noun} ${subject}`,
  ended: (end: string) => `it ended: ${end}`,
  notEnded: 'it did not end',
  legend:
    'Milliseconds since the first step, as the lab saw them. A message reaches the lab about when it reaches the services: neighbouring lines may have been the other way round. ■ a row was committed, ✘ what befell a service, ○ it goes on.',
  count: (all: number, stuck: number) =>
    `${all} in this case, ${stuck === 0 ? 'all of them ended' : `${stuck} did not end`}`,
  noneStuck: 'Every one of this run came to its end.',
  moreSteps: (n: number) => `… ${n} more`,
  moreStuck: (names: string) => `These did not end either: ${names}`,
  hint: 'plan sequence <id> draws another one.',
  befell: {
    killed: 'killed',
    died: 'died',
    started: 'started',
    partition: 'cut off',
    healed: 'healed',
    stopped: 'healed',
  } as Readonly<Record<string, string>>,
  /** What the lab itself calls an answer that never came. */
  said: {} as Readonly<Record<string, string>>,
  of: (role: string, what: string) => `${role} ${what}`,
  stacked: (from: string, to: string) => `${from} → ${to}`,
  nobody: 'nobody',
  // faults
  noKata: 'No kata of several services has a run that is stored here.',
  noSequences: (run: string) => `${run} has no sequences: they are of runs of several services.`,
  unknownSubject: (word: string, run: string) => `Nothing of '${word}' was seen in ${run}.`,
  noCase: (name: string, known: string) => `The run has no case '${name}'. It has these: ${known}`,
  bothStuckAndId: '--stuck names those that did not end; with an id there is nothing to choose.',
  // the journal
  journalHead: (name: string, noun: string, subject: string) => `${name}, ${noun} ${subject}:`,
};

const es: typeof en = {
  runOption: 'de qué ejecución (por defecto: la última de varios servicios)',
  caseOption: 'de un caso de la ejecución: su nombre o su estrategia',
  stuckOption: 'los que no terminaron',
  client: 'cliente',
  again: 'otra vez',
  title: (kata, run) => `${kata}: ${run}`,
  head: (slug, noun, subject) => `${slug}, ${noun} ${subject}`,
  ended: (end) => `terminó: ${end}`,
  notEnded: 'no terminó',
  legend:
    'Milisegundos desde el primer paso, tal como los vio el laboratorio. Un mensaje le llega más o menos cuando a los servicios: líneas vecinas pudieron ser al revés. ■ se hizo commit de una fila, ✘ lo que le pasó a un servicio, ○ sigue.',
  count: (all, stuck) =>
    `${all} en este caso, ${stuck === 0 ? 'todos terminaron' : `${stuck} ${stuck === 1 ? 'no terminó' : 'no terminaron'}`}`,
  noneStuck: 'Todos los de esta ejecución llegaron a su fin.',
  moreSteps: (n) => `… ${n} más`,
  moreStuck: (names) => `Tampoco terminaron estos: ${names}`,
  hint: 'plan sequence <id> dibuja otro.',
  befell: {
    killed: 'muere',
    died: 'muere por sí solo',
    started: 'arranca',
    partition: 'aislado',
    healed: 'vuelve',
    stopped: 'vuelve',
  },
  said: {
    'closed without an answer': 'cerrada sin respuesta',
    'closed in mid-answer': 'cerrada a media respuesta',
  },
  of: (role, what) => `${role} ${what}`,
  stacked: (from, to) => `${from} → ${to}`,
  nobody: 'nadie',
  noKata: 'Ninguna kata de varios servicios tiene aquí una ejecución guardada.',
  noSequences: (run) => `${run} no tiene secuencias: son de ejecuciones de varios servicios.`,
  unknownSubject: (word, run) => `De '${word}' no se vio nada en ${run}.`,
  noCase: (name, known) => `La ejecución no tiene el caso '${name}'. Tiene estos: ${known}`,
  bothStuckAndId: '--stuck nombra los que no terminaron; con un id no hay nada que elegir.',
  journalHead: (name, noun, subject) => `${name}, ${noun} ${subject}:`,
};

export const sequenceTexts = { en, es };
