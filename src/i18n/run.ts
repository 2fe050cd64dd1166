import { counted } from './words.js';

const en = {
  // options of plan run
  usage: 'plan run <kata> [options]',
  needsKata: 'Which kata should run?',
  needsKataMend: 'plan run kata-4   (plan list shows them all)',
  optionStrategy: 'one way to solve the kata; asks for that single case',
  optionLang: 'language of the implementation',
  optionImpl: 'folder or file of your own implementation; asks for that single case',
  optionCmd: 'how your own implementation starts, in any language: "ruby main.rb"',
  optionAct: 'only this part of the experiment; may be given again; ticks nothing',
  inAct: (act: string) => `in the act ${act}`,
  onlyActs: (acts: string) =>
    `Only ${acts} was played: nothing else was judged, and nothing is ticked.`,
  taughtActs: (acts: string) =>
    `In the lesson it goes through ${acts} alone; --strategy has it go through all.`,
  optionWatch: 'with --impl: run again on every save',
  watchNeedsImpl: '--watch runs your own implementation again on every save; which one is it?',
  watchIsForPeople: '--watch goes on until you end it; --json is for one run.',
  emptyCmd: 'The command given with --cmd is empty.',
  watching: (place: string) => `Watching ${place}: save a file to run it again; Ctrl-C ends.`,
  watchingOnTerminal: (place: string) =>
    `Watching ${place}: save a file to run it again, Enter to run it as it is; h shows a hint, n goes on once it holds, q ends.`,
  notYet: 'It does not hold yet: n goes on once it does.',
  watchEnded: 'Everything that was started has been stopped.',
  optionServices: 'where the services come from',
  optionSeed: 'seed of the random numbers; printed by every run',
  optionRepeat: 'times that every case runs',
  optionAsk: 'ask again what you expect, before the lesson',
  optionNoAsk: 'never ask what you expect',
  optionExplain: 'one case, and what two requests did in the database, statement by statement',
  optionWide: 'all columns of the table, however narrow the terminal',
  optionJson: 'the run record as JSON on stdout',
  between: (min: number, max: number) => `a whole number from ${min} to ${max}`,
  badInteger: (flag: string, value: string, min: number, max: number) =>
    `--${flag} takes a whole number from ${min} to ${max}, not '${value}'.`,
  badChoice: (flag: string, value: string, choices: string) =>
    `--${flag} takes one of ${choices}, not '${value}'.`,
  didYouMean: (name: string) => `did you mean ${name}?`,
  seeRunHelp: (kata: string) => `plan run ${kata} --help`,
  noSuchLanguage: (language: string, kata: string, languages: string) =>
    `${kata} has no reference implementation in '${language}'; it has ${languages}.`,
  noPrograms: (kata: string, asked: string) =>
    `${kata} has no programs, so there is nothing that ${asked} could mean: the lab plays all parts itself.`,
  implAndStrategy: (strategy: string, strategies: string) =>
    `That implementation offers ${strategies}, not '${strategy}'.`,
  // the run folder
  noResults: (folder: string, why: string) =>
    `The results folder ${folder} cannot be written: ${why}`,
  noResultsMend: 'choose a folder that is yours: cd there, plan init, and run again',
  noSuchRun: (where: string) => `There is no stored run in ${where}.`,
  noSuchRunMend: 'plan run kata-4 makes one; results/<kata>/latest is the newest',
  badRun: (file: string, why: string) => `${file} cannot be read as a run: ${why}`,
  badRunMend: 'the file is left as it is; run the kata again for a fresh one',
  // progress of a run
  building: (what: string) => `building ${what}`,
  runningCase: (n: number, of: number, what: string) => `${n}/${of}  ${what}`,
  secondsLeft: (n: number) => `about ${n} s left`,
  longerThanBefore: 'longer than the last times',
  answers: (n: number) => counted.en(n, 'answer', 'answers'),
  standing: (act: string, title: string, requirements: readonly string[]) =>
    [
      `  act ${act}: ${title}`,
      ...(requirements.length > 0
        ? [`acts that tried each requirement: ${requirements.join(', ')}`]
        : []),
    ].join('  ·  '),
  interrupted: 'Interrupted. Everything that was started has been stopped.',
  serviceDied: (name: string, why: string) => `${name} ended while the run was using it: ${why}`,
  serviceDiedMend: (command: string) => `plan doctor says what is here; then ${command} again`,
  // the report
  example: 'Example',
  lesson: 'lesson',
  strategy: 'strategy',
  language: 'language',
  implementation: 'implementation',
  verdict: 'verdict',
  perSecond: 'req/s',
  asExpected: 'as expected',
  holds: 'holds',
  violated: 'violated',
  inconclusive: 'inconclusive',
  error: 'error',
  notAsExpected: 'not as expected',
  times: (count: number, of: number) => `${count} of ${of}`,
  medianNote: (n: number) => `Each row is the median of ${n} runs; n counts all of their answers.`,
  historyLines: (lines: readonly number[]) =>
    `history ${lines.length === 1 ? 'line' : 'lines'} ${lines.slice(0, 12).join(', ')}`,
  coverageMissing: 'never happened',
  couldNotTell: 'could not be told in this run',
  ofAtMost: (value: string, most: string, unit: string) => `${value} of at most ${most} ${unit}`,
  toldApartFrom: (resolution: string, unit: string) =>
    `and what is below ${resolution} ${unit} could not be told from nothing here`,
  failureDidNotShow:
    'the failure that this case is about did not show; run it again, or raise --think-ms',
  itsLog: 'its log',
  theContract: 'the contract',
  kept: 'kept running',
  ticked: (item: string) => `ticked ${item}`,
  noRoot:
    'No progress.json of yours from here upwards: nothing was noted. plan init makes one, in the folder where you study.',
  seed: 'seed',
  own: 'own',
  recheckSame: 'The stored run comes to the same verdicts.',
  recheckDiffers: (slug: string, before: string, now: string) =>
    `${slug}: it said ${before}, now it says ${now}.`,
  unknown: 'unknown',
  cpu: 'CPU',
  cpuPerRequest: 'CPU µs/req',
  generatorBound: 'generator-bound',
  generatorBoundNote:
    'generator-bound: the load generator was the limit, not the program; its figures say too little.',
  load: 'load',
  noneLate: (name: string) => `${name}: every request was sent when it was due.`,
  someLate: (name: string, count: number, forUser: number, most: string) =>
    `${name}: ${counted.en(count, 'request was', 'requests were')} sent more than 1 ms late, at most ${most} ms; ${forUser} of them waited for a free user. Their latency counts from when they were due.`,
  unsent: (count: number) => `${counted.en(count, 'was', 'were')} due and never sent.`,
  memory: 'memory',
};

const es: typeof en = {
  usage: 'plan run <kata> [opciones]',
  needsKata: '¿Qué kata hay que ejecutar?',
  needsKataMend: 'plan run kata-4   (plan list las muestra todas)',
  optionStrategy: 'una forma de resolver la kata; pide ese único caso',
  optionLang: 'lenguaje de la implementación',
  optionImpl: 'carpeta o fichero de tu propia implementación; pide ese único caso',
  optionCmd: 'cómo arranca tu implementación, en cualquier lenguaje: "ruby main.rb"',
  optionAct: 'solo esta parte del experimento; se puede repetir; no marca nada como hecho',
  inAct: (act) => `en el acto ${act}`,
  onlyActs: (acts) => `Solo se ejecutó ${acts}: nada más se ha juzgado y nada se marca como hecho.`,
  taughtActs: (acts) => `En la lección pasa solo por ${acts}; con --strategy pasa por todo.`,
  optionWatch: 'con --impl: la ejecuta otra vez cada vez que guardas',
  watchNeedsImpl: '--watch ejecuta tu implementación cada vez que guardas; ¿cuál es?',
  watchIsForPeople: '--watch sigue hasta que lo termines; --json es para una sola ejecución.',
  emptyCmd: 'La orden dada con --cmd está vacía.',
  watching: (place) =>
    `Vigilando ${place}: guarda un fichero y se ejecuta otra vez; Ctrl-C termina.`,
  watchingOnTerminal: (place) =>
    `Vigilando ${place}: guarda un fichero y se ejecuta otra vez, Intro la ejecuta tal cual; h muestra una pista, n sigue cuando ya cumple, q termina.`,
  notYet: 'Todavía no cumple: n sigue cuando lo haga.',
  watchEnded: 'Se ha parado todo lo que se había puesto en marcha.',
  optionServices: 'de dónde salen los servicios',
  optionSeed: 'semilla de los números aleatorios; cada ejecución la muestra',
  optionRepeat: 'veces que se ejecuta cada caso',
  optionAsk: 'vuelve a preguntar qué esperas, antes de la lección',
  optionNoAsk: 'no preguntar qué esperas',
  optionExplain:
    'un caso, y lo que dos peticiones hicieron en la base de datos, sentencia a sentencia',
  optionWide: 'todas las columnas de la tabla, por estrecho que sea el terminal',
  optionJson: 'el registro de la ejecución como JSON por stdout',
  between: (min, max) => `un número entero de ${min} a ${max}`,
  badInteger: (flag, value, min, max) =>
    `--${flag} admite un número entero de ${min} a ${max}, no '${value}'.`,
  badChoice: (flag, value, choices) => `--${flag} admite uno de ${choices}, no '${value}'.`,
  didYouMean: (name) => `¿querías decir ${name}?`,
  seeRunHelp: (kata) => `plan run ${kata} --help`,
  noSuchLanguage: (language, kata, languages) =>
    `${kata} no tiene implementación de referencia en '${language}'; las hay en ${languages}.`,
  noPrograms: (kata, asked) =>
    `${kata} no tiene programas, así que ${asked} no significa nada ahí: el laboratorio representa él mismo todos los papeles.`,
  implAndStrategy: (strategy, strategies) =>
    `Esa implementación ofrece ${strategies}, no '${strategy}'.`,
  noResults: (folder, why) => `No se puede escribir en la carpeta de resultados ${folder}: ${why}`,
  noResultsMend: 'elige una carpeta tuya: entra en ella, plan init, y repite la orden',
  noSuchRun: (where) => `No hay ninguna ejecución guardada en ${where}.`,
  noSuchRunMend: 'plan run kata-4 crea una; results/<kata>/latest es la más reciente',
  badRun: (file, why) => `${file} no se puede leer como ejecución: ${why}`,
  badRunMend: 'el fichero queda como está; ejecuta la kata otra vez para tener uno nuevo',
  building: (what) => `compilando ${what}`,
  runningCase: (n, of, what) => `${n}/${of}  ${what}`,
  secondsLeft: (n) => `quedan unos ${n} s`,
  longerThanBefore: 'más que las últimas veces',
  answers: (n) => counted.es(n, 'respuesta', 'respuestas'),
  standing: (act, title, requirements) =>
    [
      `  acto ${act}: ${title}`,
      ...(requirements.length > 0
        ? [`actos que probaron cada requisito: ${requirements.join(', ')}`]
        : []),
    ].join('  ·  '),
  interrupted: 'Interrumpido. Se ha parado todo lo que se había puesto en marcha.',
  serviceDied: (name, why) => `${name} terminó mientras la ejecución lo usaba: ${why}`,
  serviceDiedMend: (command) => `plan doctor dice qué hay aquí; después, otra vez ${command}`,
  example: 'Ejemplo',
  lesson: 'lección',
  strategy: 'estrategia',
  language: 'lenguaje',
  implementation: 'implementación',
  verdict: 'veredicto',
  perSecond: 'pet/s',
  asExpected: 'como se esperaba',
  holds: 'se cumple',
  violated: 'violado',
  inconclusive: 'no concluyente',
  error: 'error',
  notAsExpected: 'no es lo esperado',
  times: (count, of) => `${count} de ${of}`,
  medianNote: (n) => `Cada fila es la mediana de ${n} ejecuciones; n cuenta todas sus respuestas.`,
  historyLines: (lines) =>
    `${lines.length === 1 ? 'línea' : 'líneas'} ${lines.slice(0, 12).join(', ')} del historial`,
  coverageMissing: 'no llegó a ocurrir',
  couldNotTell: 'en esta ejecución no se pudo saber',
  ofAtMost: (value, most, unit) => `${value} de ${most} ${unit} como mucho`,
  toldApartFrom: (resolution, unit) =>
    `y aquí no se distinguía lo que baja de ${resolution} ${unit}`,
  failureDidNotShow: 'el fallo del que trata este caso no se dejó ver; repítelo, o sube --think-ms',
  itsLog: 'su log',
  theContract: 'el contrato',
  kept: 'en marcha desde antes',
  ticked: (item) => `marcado ${item}`,
  noRoot:
    'No hay un progress.json tuyo desde aquí hacia arriba: no se anotó nada. plan init crea uno, en la carpeta donde estudias.',
  seed: 'semilla',
  own: 'propia',
  recheckSame: 'La ejecución guardada llega a los mismos veredictos.',
  recheckDiffers: (slug, before, now) => `${slug}: decía ${before}, ahora dice ${now}.`,
  unknown: 'desconocidas',
  cpu: 'CPU',
  cpuPerRequest: 'CPU µs/pet',
  generatorBound: 'generator-bound',
  generatorBoundNote:
    'generator-bound: el límite fue el generador de carga, no el programa; sus cifras dicen demasiado poco.',
  load: 'carga',
  noneLate: (name) => `${name}: cada petición se envió cuando tocaba.`,
  someLate: (name, count, forUser, most) =>
    `${name}: ${counted.es(count, 'petición se envió', 'peticiones se enviaron')} con más de 1 ms de retraso, como mucho ${most} ms; ${forUser} de ellas esperaban a que quedase libre un usuario. Su latencia cuenta desde que tocaban.`,
  unsent: (count) =>
    `${counted.es(count, 'tocaba y no se envió', 'tocaban y no se enviaron')} nunca.`,
  memory: 'memoria',
};

export const runTexts = { en, es };
