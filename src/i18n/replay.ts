const en = {
  timesOption: 'how often, 1 to 1000 (default 5)',
  round: (n: number, of: number) => `Replay ${n} of ${of} …`,
  noStrategy: (kata: string, strategy: string) =>
    `${kata} has no strategy '${strategy}' any more, so that run cannot be run again.`,
  noCases: 'That run ended before its first case did: there is nothing to run again.',
  replayOf: (run: string, seed: number) => `${run}, seed ${seed}`,
  case: 'case',
  then: 'then',
  cameBack: 'came back',
  otherwise: 'otherwise',
  rate: (n: number, of: number) => `${n} of ${of}`,
  changed: (path: string) =>
    `${path} is no longer what it was in that run: other outcomes may come of that.`,
  note: 'Options, seed and schedule are the same; what the machine does meanwhile is not. A rate, not a promise.',
};

const es: typeof en = {
  timesOption: 'cuántas veces, de 1 a 1000 (por defecto 5)',
  round: (n, of) => `Repetición ${n} de ${of} …`,
  noStrategy: (kata, strategy) =>
    `${kata} ya no tiene la estrategia '${strategy}', así que esa ejecución no se puede repetir.`,
  noCases: 'Esa ejecución terminó antes que su primer caso: no hay nada que repetir.',
  replayOf: (run, seed) => `${run}, semilla ${seed}`,
  case: 'caso',
  then: 'entonces',
  cameBack: 'se repitió',
  otherwise: 'si no',
  rate: (n, of) => `${n} de ${of}`,
  changed: (path) =>
    `${path} ya no es lo que era en esa ejecución: de ahí pueden venir otros resultados.`,
  note: 'Opciones, semilla y calendario son los mismos; lo que la máquina hace mientras tanto, no. Es una frecuencia, no una promesa.',
};

export const replayTexts = { en, es };
