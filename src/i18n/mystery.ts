import { counted } from './words.js';

/** `plan mystery`: something is wrong in a system, and the learner finds what. */
const en = {
  answerOption: 'what you think it is; says whether, and shows the evidence',
  hintOption: 'one hint more, from where to look to nearly all',
  giveUpOption: 'shows what it was, and closes it',
  causeOption: 'begin one with this cause (for authors and tests)',

  title: (number: number) => `Mystery ${number}`,
  about: (ids: string) => `They speak of ${ids}.`,
  figures: (sent: number, accepted: number, rows: number) =>
    `${counted.en(sent, 'order was', 'orders were')} sent, ${accepted} taken with 202, ${rows} have a row.`,
  outside: (p50: string, max: string) =>
    `From the request to the row, by the lab's clock: half within ${p50} ms, the slowest ${max} ms.`,
  metrics: "What the programs' metrics say of durations",
  columns: { role: 'role', name: 'metric', labels: 'labels', count: 'n', mean: 'mean ms' },
  means: 'What you have',
  traceOne: 'one order, whole: spans, lines, messages, its row',
  traceSlowest: 'the one that took longest',
  traceFailed: 'the first in which something failed',
  logs: 'what the programs wrote',
  page: 'the page of the run',
  causes: 'What it can be: one of these, and nothing else',
  hints: 'Hints',
  named: (causes: string) => `It is none of these, which you have named: ${causes}.`,
  answerNext: 'plan mystery --answer <cause>',
  hintNext: (left: number) => `plan mystery --hint   (${counted.en(left, 'is left', 'are left')})`,
  noHintsLeft: 'There is no further hint. plan mystery --give-up shows what it was.',

  right: (cause: string, title: string) => `It is ${cause}: ${title}.`,
  wrong: (cause: string) => `It is not ${cause}.`,
  wrongNext: 'plan mystery --hint',
  gaveUp: (cause: string, title: string) => `It was ${cause}: ${title}.`,
  way: 'The shortest way to see it',
  inMetrics: (role: string, name: string) => `${name} of ${role}, in the table of metrics`,
  runGone: 'Its run is no longer there, so there is nothing to show of it.',
  ticked: (label: string) => `✔ ${label}: ticked in the final checklist.`,
  past: (found: number, all: number) => `${found} of ${all} found so far.`,
  again: 'plan mystery   begins another one',
  onceMore: (tries: number) =>
    `the traces of this run were not clear, on a machine that is busy: once more (${tries})`,

  // the page
  pageTitle: 'Find the cause',
  what: 'Something is wrong in a shop of two services: one of nine things, that are hidden. A load is put on it, and you find what it is, from traces, metrics and logs.',
  begin: 'Begin',
  beginAnother: 'Begin another one',
  takeHint: (left: number) => `A hint (${counted.en(left, 'is left', 'are left')})`,
  answer: 'That is it',
  giveUp: 'Give up and see what it was',

  // faults
  noneOpen: 'No mystery is open.',
  oneOnly: '--answer, --hint, --give-up and --cause: only one of them at a time.',
  isOpen: (number: number) => `Mystery ${number} is still open.`,
  notRun: 'The open mystery has not been run to its end.',
  unclear: (times: number) =>
    `In ${times} runs the traces were not clear: too much else goes on on this machine.`,
  runFailed: 'The run of the mystery did not come to its end.',
  ownCommand: 'A mystery would say what it hides if it were run as a kata.',
  badFile: (file: string, why: string) => `${file} can't be read: ${why}`,
  otherShape: 'it is of another shape',
  badFileMend: (file: string) => `delete ${file}: what is open is then lost`,
  notWritten: (file: string, why: string) => `${file} can't be written: ${why}`,
  notWrittenMend: (folder: string) => `make ${folder} writable`,
};

const es: typeof en = {
  answerOption: 'lo que crees que es; dice si lo es y muestra la prueba',
  hintOption: 'una pista más, desde dónde mirar hasta casi todo',
  giveUpOption: 'muestra qué era, y lo cierra',
  causeOption: 'empieza uno con esta causa (para autores y pruebas)',

  title: (number) => `Misterio ${number}`,
  about: (ids) => `Hablan de ${ids}.`,
  figures: (sent, accepted, rows) =>
    `${counted.es(sent, 'pedido enviado', 'pedidos enviados')}, ${accepted} aceptados con 202, ${rows} tienen fila.`,
  outside: (p50, max) =>
    `De la petición a la fila, por el reloj del laboratorio: la mitad en ${p50} ms, el más lento ${max} ms.`,
  metrics: 'Lo que dicen de duraciones las métricas de los programas',
  columns: { role: 'rol', name: 'métrica', labels: 'etiquetas', count: 'n', mean: 'media ms' },
  means: 'Lo que tienes',
  traceOne: 'un pedido entero: spans, líneas, mensajes, su fila',
  traceSlowest: 'el que más tardó',
  traceFailed: 'el primero en el que algo falló',
  logs: 'lo que escribieron los programas',
  page: 'la página de la ejecución',
  causes: 'Lo que puede ser: una de estas, y nada más',
  hints: 'Pistas',
  named: (causes) => `No es ninguna de estas, que ya nombraste: ${causes}.`,
  answerNext: 'plan mystery --answer <causa>',
  hintNext: (left) => `plan mystery --hint   (${counted.es(left, 'queda', 'quedan')})`,
  noHintsLeft: 'No hay más pistas. plan mystery --give-up muestra qué era.',

  right: (cause, title) => `Es ${cause}: ${title}.`,
  wrong: (cause) => `No es ${cause}.`,
  wrongNext: 'plan mystery --hint',
  gaveUp: (cause, title) => `Era ${cause}: ${title}.`,
  way: 'El camino más corto para verlo',
  inMetrics: (role, name) => `${name} de ${role}, en la tabla de métricas`,
  runGone: 'Su ejecución ya no está, así que no hay nada que mostrar.',
  ticked: (label) => `✔ ${label}: marcado en el checklist final.`,
  past: (found, all) => `${found} de ${all} encontrados hasta ahora.`,
  again: 'plan mystery   empieza otro',
  onceMore: (tries) =>
    `las trazas de esta ejecución no eran claras, en una máquina ocupada: otra vez (${tries})`,

  pageTitle: 'Encuentra la causa',
  what: 'Algo va mal en una tienda de dos servicios: una de nueve cosas, que está escondida. Se le pone carga, y tú encuentras qué es, con trazas, métricas y logs.',
  begin: 'Empezar',
  beginAnother: 'Empezar otro',
  takeHint: (left) => `Una pista (${counted.es(left, 'queda', 'quedan')})`,
  answer: 'Es esa',
  giveUp: 'Rendirse y ver qué era',

  noneOpen: 'No hay ningún misterio abierto.',
  oneOnly: '--answer, --hint, --give-up y --cause: solo uno de ellos a la vez.',
  isOpen: (number) => `El misterio ${number} sigue abierto.`,
  notRun: 'El misterio abierto no se ha ejecutado hasta el final.',
  unclear: (times) =>
    `En ${times} ejecuciones las trazas no eran claras: en esta máquina pasan demasiadas cosas más.`,
  runFailed: 'La ejecución del misterio no llegó a su fin.',
  ownCommand: 'Un misterio diría lo que esconde si se ejecutara como una kata.',
  badFile: (file, why) => `${file} no se puede leer: ${why}`,
  otherShape: 'tiene otra forma',
  badFileMend: (file) => `borra ${file}: se pierde lo que esté abierto`,
  notWritten: (file, why) => `${file} no se puede escribir: ${why}`,
  notWrittenMend: (folder) => `haz que se pueda escribir en ${folder}`,
};

export const mysteryTexts = { en, es };
