import { agreeing } from './words.js';

/** After a run: what it means for learning, and what to type next. */
const en = {
  costs: 'What each costs',
  rules: (held: number, all: number) => `Rules: ${held} of ${all}`,
  notReached: '· not yet reached',
  nowYours: 'now yours: lays down a program to begin with',
  hint: 'a hint, without the solution',
  again: 'runs it again on every save',
  log: (path: string) => `It never started; its log says why: ${path}`,
  yoursHolds: 'Yours holds.',
  sinceLast: (changes: string) => `Since your last run: ${changes}`,
  change: (head: string, before: string, now: string) => `${head} ${before} → ${now}`,
  besideCures: (own: string, others: string) => `p95: yours ${own} ms; ${others}`,
  cure: (name: string, ms: string) => `${name} ${ms} ms`,
  hintsLeft: 'the hints, to compare with your way',
  solution: "the reference's own file, to lay beside yours",
  readOn: 'to read on',
  next: 'the next kata',
  done: (done: number, all: number) =>
    `${done} of ${all} items of the plan ${agreeing.en(done, 'is', 'are')} done.`,
  doc: 'writes it into your journal',
  // plan show --solution
  noSolution: (kata: string) => `${kata} has no solution to show: the lab plays all parts itself.`,
  beforeHeld:
    'Your own program has not held yet, and what one has read one has not found. Show the solution all the same?',
  reallyShow: 'Really? The hints go step by step.',
  yes: 'yes, show it',
  no: 'no',
  keptBack: 'Nothing was shown.',
  refused:
    'Your own program has not held yet; the solution is then shown only on a terminal, after two questions.',
  solutionOf: (file: string) => `The solution: ${file}`,
  besideYours: (path: string) => `Yours: ${path}`,
};

const es: typeof en = {
  costs: 'Lo que cuesta cada una',
  rules: (held, all) => `Reglas: ${held} de ${all}`,
  notReached: '· aún no se ha llegado',
  nowYours: 'ahora la tuya: deja un programa con el que empezar',
  hint: 'una pista, sin la solución',
  again: 'la ejecuta otra vez cada vez que guardas',
  log: (path) => `No llegó a arrancar; su log dice por qué: ${path}`,
  yoursHolds: 'La tuya se cumple.',
  sinceLast: (changes) => `Desde tu última ejecución: ${changes}`,
  change: (head, before, now) => `${head} ${before} → ${now}`,
  besideCures: (own, others) => `p95: la tuya ${own} ms; ${others}`,
  cure: (name, ms) => `${name} ${ms} ms`,
  hintsLeft: 'las pistas, para compararlas con tu camino',
  solution: 'el fichero de la referencia, para ponerlo junto al tuyo',
  readOn: 'para profundizar',
  next: 'la siguiente kata',
  done: (done, all) =>
    `${done} de ${all} puntos del plan ${agreeing.es(done, 'está hecho', 'están hechos')}.`,
  doc: 'lo escribe en tu diario',
  noSolution: (kata) =>
    `${kata} no tiene solución que mostrar: el laboratorio representa él mismo todos los papeles.`,
  beforeHeld:
    'Tu programa aún no se ha cumplido, y lo que se lee no se descubre. ¿Mostrar la solución de todos modos?',
  reallyShow: '¿Seguro? Las pistas van paso a paso.',
  yes: 'sí, muéstrala',
  no: 'no',
  keptBack: 'No se mostró nada.',
  refused:
    'Tu programa aún no se ha cumplido; la solución solo se muestra entonces en un terminal, tras dos preguntas.',
  solutionOf: (file) => `La solución: ${file}`,
  besideYours: (path) => `La tuya: ${path}`,
};

export const onwardTexts = { en, es };
