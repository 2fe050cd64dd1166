import { counted } from './words.js';

/** plan compare: on the terminal, and in the page that it writes for the learner. */
const en = {
  // options and faults
  description: (kata: string) =>
    `the same cases of ${kata} in several languages, of your own program, or of two versions of it, interleaved`,
  optionLang: 'languages, the first is what the others are compared with',
  optionImpl: 'also the program in this folder or file: your own',
  optionBefore: 'an older version of --impl: the two are compared with each other alone',
  optionStrategy: 'only this strategy; without it every one that is to hold',
  optionRounds: 'times that every case runs in every language',
  oneLanguage: 'A comparison needs two languages or more.',
  oneLanguageMend: (kata: string, languages: string) => `plan compare ${kata} --lang ${languages}`,
  needsStrategy: (strategies: string) =>
    `Your program is compared in one strategy: which of ${strategies} does it follow?`,
  beforeNeedsImpl: '--before is the older version of the program that --impl names.',
  beforeAlone:
    'Two versions of your own program are compared with each other: --lang does not go with --before.',
  sameProgram: 'Both versions are the same, file by file: there is no difference to be measured.',
  sameProgramMend: 'keep a copy before you change it: cp -r ./mine ./mine-old',
  needsKata: 'Which kata should be compared?',
  needsKataMend: 'plan compare kata-1 --lang node,go',
  // figures
  language: 'program',
  metric: {
    throughput: 'req/s',
    p50: 'p50',
    p95: 'p95',
    p99: 'p99',
    p999: 'p99.9',
    cpuPerRequest: 'CPU/req',
    memory: 'memory',
  },
  ratioHead: (other: string, first: string) => `${other} ÷ ${first}`,
  ratioNote: (rounds: number) =>
    `Ratios round by round (n = ${rounds} at most): the median, and from the lowest to the highest. Where 1 lies within, no difference was shown.`,
  tableNote: (rounds: number) =>
    `Each row is the median of ${counted.en(rounds, 'round', 'rounds')}; n counts all answers.`,
  limitedBy: 'What was the limit',
  limits: {
    generator: (busy: string) =>
      `the load generator (${busy} of its time at work): the figures say too little about the program`,
    thread: (share: string, used: string, cores: number) =>
      `one thread, at work ${share} of the time; the program used ${used} of ${cores} cores`,
    machine: (used: string, plan: string, cores: number) =>
      `the machine: all ${cores} cores were busy, the program on ${used} of them, the load generator on ${plan}`,
    neighbours: (others: string, used: string, cores: number) =>
      `other programs: they took ${others} of ${cores} cores meanwhile, this one ${used}. Repeat it on a quiet machine`,
    waiting: (used: string, cores: number) =>
      `waiting (I/O, timers, locks): the program used ${used} of ${cores} cores`,
    unknown: () => 'not known: nothing could be read of its CPU time',
  },
  inSomeRounds: (count: number, of: number) => ` (in ${count} of ${of} rounds)`,
  /** Whether p99 was improved: told of two versions of one program. */
  improvement: {
    shown: (rounds: number, ratio: string) =>
      `A lower p99 is shown: lower in each of ${rounds} rounds (ratio ${ratio}).`,
    notShown: {
      interrupted: () => 'Interrupted: nothing is shown about p99.',
      'not-holding': () =>
        'Nothing is shown about p99: a version that does not hold in every round may be fast for the wrong reason.',
      generator: () => 'Nothing is shown about p99: the load generator was the limit.',
      'no-p99': () =>
        'Nothing is shown about p99: it needs 100 answers a round (more requests, or another kata).',
      'few-rounds': (ratio: string, fewest: number) =>
        `p99 was lower in every round (ratio ${ratio}), but that takes ${fewest} rounds to show: --rounds ${fewest}.`,
      'no-difference': (ratio: string) =>
        `No difference in p99 is shown: 1 lies between the lowest and the highest ratio (${ratio}).`,
      higher: (ratio: string) => `p99 was higher in every round (ratio ${ratio}).`,
    },
  },
  // the terminal
  wrote: (file: string) => `${file} is written.`,
  noRoot:
    'No progress.json of yours from here upwards, so no page was written. plan init makes one, in the folder where you study.',
  notWritten: 'No case could be compared, so no page was written.',
  // the page
  pageNote:
    '<!-- What stands between two "plan:…" comments is renewed by plan compare. All else is yours and is never touched. -->',
  pageTitle: (names: readonly string[]) => names.join(' vs '),
  compared: 'Compared',
  conditions: 'Conditions',
  environment: 'Environment',
  typed: 'Typed',
  seed: 'seed',
  pageLatency:
    'Latencies in milliseconds, from the intended send time. A percentile that the samples do not carry is left out (–).',
  curveAlt: (name: string, names: string) => `Latency by percentile, ${name}: ${names}`,
  curveTitle: (kata: string, name: string) => `${kata} · ${name}`,
  curveNote: (rounds: number) =>
    rounds > 1
      ? `median of ${counted.en(rounds, 'round', 'rounds')}; the band shows all of them`
      : 'one round',
  latencyAxis: 'latency, ms (log scale)',
  percentileAxis: 'percentile',
  questionsHead: 'My conclusions',
  questions: [
    'Which difference is larger than the spread between the rounds, and which is not?',
    'What was the limit of each, and what would I have to change for the order to turn round?',
    'Beside speed: what decides for me between these languages (the team, libraries, operation)?',
  ],
  versionQuestions: [
    'What did I change, and which figure did I expect to move by how much?',
    'Which difference is larger than the spread between the rounds, and which is not?',
    'What was the limit before, what is it now, and what did the change cost?',
  ],
};

const es: typeof en = {
  description: (kata) =>
    `los mismos casos de ${kata} en varios lenguajes, de tu programa o de dos versiones suyas, intercalados`,
  optionLang: 'lenguajes; con el primero se comparan los demás',
  optionImpl: 'también el programa de esta carpeta o fichero: el tuyo',
  optionBefore: 'una versión anterior de --impl: se comparan solo las dos entre sí',
  optionStrategy: 'solo esta estrategia; sin ella, todas las que se deben cumplir',
  optionRounds: 'veces que se ejecuta cada caso en cada lenguaje',
  oneLanguage: 'Una comparación necesita dos lenguajes o más.',
  oneLanguageMend: (kata, languages) => `plan compare ${kata} --lang ${languages}`,
  needsStrategy: (strategies) =>
    `Tu programa se compara en una estrategia: ¿cuál de ${strategies} sigue?`,
  beforeNeedsImpl: '--before es la versión anterior del programa que nombra --impl.',
  beforeAlone: 'Dos versiones de tu programa se comparan entre sí: --lang no va con --before.',
  sameProgram:
    'Las dos versiones son iguales, fichero por fichero: no hay ninguna diferencia que medir.',
  sameProgramMend: 'guarda una copia antes de cambiarlo: cp -r ./mine ./mine-old',
  needsKata: '¿Qué kata hay que comparar?',
  needsKataMend: 'plan compare kata-1 --lang node,go',
  language: 'programa',
  metric: {
    throughput: 'pet/s',
    p50: 'p50',
    p95: 'p95',
    p99: 'p99',
    p999: 'p99.9',
    cpuPerRequest: 'CPU/pet',
    memory: 'memoria',
  },
  ratioHead: (other, first) => `${other} ÷ ${first}`,
  ratioNote: (rounds) =>
    `Cocientes ronda a ronda (n = ${rounds} como mucho): la mediana, y del menor al mayor. Donde el 1 queda dentro, no se mostró ninguna diferencia.`,
  tableNote: (rounds) =>
    `Cada fila es la mediana de ${counted.es(rounds, 'ronda', 'rondas')}; n cuenta todas las respuestas.`,
  limitedBy: 'Cuál fue el límite',
  limits: {
    generator: (busy) =>
      `el generador de carga (${busy} de su tiempo trabajando): las cifras dicen demasiado poco del programa`,
    thread: (share, used, cores) =>
      `un hilo, que trabajó el ${share} del tiempo; el programa usó ${used} de ${cores} núcleos`,
    machine: (used, plan, cores) =>
      `la máquina: los ${cores} núcleos estaban ocupados, el programa en ${used} de ellos, el generador de carga en ${plan}`,
    neighbours: (others, used, cores) =>
      `otros programas: ocuparon ${others} de ${cores} núcleos mientras tanto, este ${used}. Repítelo en una máquina tranquila`,
    waiting: (used, cores) =>
      `la espera (E/S, temporizadores, locks): el programa usó ${used} de ${cores} núcleos`,
    unknown: () => 'no se sabe: no se pudo leer su tiempo de CPU',
  },
  inSomeRounds: (count, of) => ` (en ${count} de ${of} rondas)`,
  improvement: {
    shown: (rounds, ratio) =>
      `Queda mostrado un p99 menor: lo fue en cada una de ${rounds} rondas (cociente ${ratio}).`,
    notShown: {
      interrupted: () => 'Interrumpido: no se muestra nada del p99.',
      'not-holding': () =>
        'No se muestra nada del p99: una versión que no se cumple en todas las rondas puede ser rápida por la razón equivocada.',
      generator: () => 'No se muestra nada del p99: el límite fue el generador de carga.',
      'no-p99': () =>
        'No se muestra nada del p99: necesita 100 respuestas por ronda (más peticiones, u otra kata).',
      'few-rounds': (ratio, fewest) =>
        `El p99 fue menor en todas las rondas (cociente ${ratio}), pero mostrarlo pide ${fewest} rondas: --rounds ${fewest}.`,
      'no-difference': (ratio) =>
        `No se muestra ninguna diferencia en el p99: el 1 queda entre el menor y el mayor cociente (${ratio}).`,
      higher: (ratio) => `El p99 fue mayor en todas las rondas (cociente ${ratio}).`,
    },
  },
  wrote: (file) => `${file} está escrito.`,
  noRoot:
    'No hay un progress.json tuyo desde aquí hacia arriba, así que no se escribió ninguna página. plan init crea uno, en la carpeta donde estudias.',
  notWritten: 'No se pudo comparar ningún caso, así que no se escribió ninguna página.',
  pageNote:
    '<!-- plan compare renueva lo que hay entre dos comentarios "plan:…". Todo lo demás es tuyo y nunca se toca. -->',
  pageTitle: (names) => names.join(' vs '),
  compared: 'Comparados',
  conditions: 'Condiciones',
  environment: 'Entorno',
  typed: 'Orden',
  seed: 'semilla',
  pageLatency:
    'Latencias en milisegundos, desde el momento previsto de envío. Un percentil que las muestras no sostienen se omite (–).',
  curveAlt: (name, names) => `Latencia por percentil, ${name}: ${names}`,
  curveTitle: (kata, name) => `${kata} · ${name}`,
  curveNote: (rounds) =>
    rounds > 1
      ? `mediana de ${counted.es(rounds, 'ronda', 'rondas')}; la banda las abarca todas`
      : 'una ronda',
  latencyAxis: 'latencia, ms (escala logarítmica)',
  percentileAxis: 'percentil',
  questionsHead: 'Mis conclusiones',
  questions: [
    '¿Qué diferencia es mayor que la dispersión entre las rondas, y cuál no?',
    '¿Cuál fue el límite de cada uno, y qué tendría que cambiar para que se invirtiera el orden?',
    'Aparte de la velocidad: ¿qué decide para mí entre estos lenguajes (el equipo, las librerías, la operación)?',
  ],
  versionQuestions: [
    '¿Qué cambié, y qué cifra esperaba mover, y cuánto?',
    '¿Qué diferencia es mayor que la dispersión entre las rondas, y cuál no?',
    '¿Cuál era el límite antes, cuál es ahora, y qué costó el cambio?',
  ],
};

export const compareTexts = { en, es };
