import { counted } from './words.js';

/** `plan run --explain` and `plan explain`: what two requests did, statement by statement. */
const en = {
  caseOption: 'of one case of the run: its name, or its strategy',
  stepOption: 'one line at a time: Enter goes on, q leaves',
  // the head
  title: (what: string) => `Step by step: ${what}`,
  about: {
    witness: (rule: string) => `Those who prove that this rule broke: ${rule}`,
    held: 'Nothing broke. These show best why.',
    shown: 'The witness names nobody; these met.',
  },
  legend:
    'Milliseconds since the first line. A statement took effect somewhere between its two times, seen on the wire; ≈ marks those whose order nobody can tell.',
  requestsOnly:
    'There is no database to listen to: these are the requests and messages as the lab saw them.',
  connections: (numbers: readonly number[]) =>
    `${numbers.length === 1 ? 'connection' : 'connections'} ${numbers.join(', ')}`,
  lane: {
    request: (name: string) => name,
    message: (name: string) => `message ${name}`,
    session: (name: string) => `connection ${name}`,
  },
  // how it is known whose a statement is
  tie: {
    value: (name: string, value: string) => `${name}: known by '${value}' in its statements.`,
    time: (name: string) => `${name}: no other request was under way.`,
    none: (name: string) => `${name}: it did nothing in the database that was seen.`,
    unseen: (name: string, n: number) =>
      `${name}: nobody can tell which statements are its own. ${counted.en(n, 'transaction that names nobody', 'transactions that name nobody')} may be.`,
    maybe: (name: string, n: number) =>
      `${name} may have done more: ${counted.en(n, 'transaction that names nobody', 'transactions that name nobody')} while it was under way ${n === 1 ? 'is' : 'are'} not drawn.`,
    among: (name: string, names: string) =>
      `${name}: nobody can tell whose it was; it may be ${names}.`,
    unknown: (name: string, n: number) =>
      `${name}: nobody can tell whose it was: ${counted.en(n, 'request was', 'requests were')} under way, and no value names one.`,
  },
  // steps
  asks: (what: string) => `asks: ${what}`,
  answered: {
    ok: (what: string) => `is told: ${what}`,
    fail: (what: string) => `is refused: ${what}`,
    unknown: (what: string) => `never knows: ${what}`,
  },
  heard: {
    delivered: (id: string) => `gets message ${id}`,
    acked: (id: string) => `acknowledges ${id}`,
    rejected: (id: string) => `gives ${id} back`,
    published: (id: string) => `publishes ${id}`,
  },
  rows: (n: number) => counted.en(n, 'row', 'rows'),
  moreRows: (n: number) => `and ${n} more`,
  bytes: (n: number) => `${n} bytes copied`,
  failed: (code: string, message: string) => `✘ ${code}: ${message}`,
  skipped: 'passed over: one before it failed',
  suspended: 'more rows wait',
  cut: '? no answer came: nobody knows whether it took effect',
  unsure: (what: string) => `≈ before or after ${what}: not certain`,
  ofLane: (what: string, name: string) => `${what} of ${name}`,
  waits: (whom: string, from: string, to: string) => `‖ waits for ${whom} (seen ${from}–${to})`,
  oneWaits: (n: number, whom: string, from: string, to: string) =>
    `‖ one of the ${n} statements sent together waits for ${whom} (seen ${from}–${to})`,
  somebody: 'somebody else',
  committed: 'committed, without a COMMIT of its own',
  moreConnections: (n: number) => counted.en(n, 'other connection', 'other connections'),
  seen: (at: string, name: string, what: string) =>
    `◇ ${at}, after the COMMIT of ${name}, others see: ${what}`,
  notSure: 'others committed meanwhile, so it may be theirs',
  table: (table: string, count: string, rows: string) =>
    rows === '' ? `${table}: ${count}` : `${table}: ${rows} (${count})`,
  // the moment
  moment: (what: string) => `▲ Here it could still have been avoided: ${what}`,
  noMoment:
    'The statements show no place at which it could have been avoided: look at what the requests were told.',
  noMomentKnown:
    'Where it could have been avoided nobody can tell: not all statements of these two are known. A value of the request in each transaction, also in a comment, would name them.',
  momentOf: {
    'stale-write': (name: string, read: string, other: string, by: string, table: string) =>
      `${name} writes by what it read of ${table} at ${read}, and before that takes effect ${other} has committed a change of it (by ${by}). Locked when it was read (FOR UPDATE), asked again in the WHERE of the write, or refused by the server (REPEATABLE READ), it would have been seen.`,
    unsure:
      'Whether that COMMIT came between the read and the write is not certain: they overlapped on the wire.',
    'split-write': (name: string) =>
      `${name} commits one write without the others that belong to it. Whatever stops it now leaves half; between BEGIN and one COMMIT it would be all or nothing.`,
    'apart-message': (name: string, id: string) =>
      `${name} has committed, and message ${id} is not part of that. Whatever stops it now loses the message; in a table of the same transaction (outbox) it would be kept.`,
  },
  // why it held
  held: (what: string) => `✔ Why it held: ${what}`,
  heldBy: {
    deadlocked: (name: string, code: string) =>
      `the server refused ${name} (${code}): each waited for the other, and one of them had to begin again.`,
    refused: (name: string, code: string) =>
      `the server refused ${name} (${code}): what it had read was no longer true, and it had to begin again.`,
    duplicate: (name: string, code: string) =>
      `the server refused ${name} (${code}): a constraint lets only one of the two in.`,
    waited: (name: string, other: string) =>
      `${name} had to wait until ${other} had committed, and only then went on with what is true.`,
    'no-row': (name: string) =>
      `the write of ${name} asked in its WHERE whether all is as it was, found no row, and changed nothing.`,
    'no-insert': (name: string) =>
      `the INSERT of ${name} met a constraint that lets only one in, and changed nothing.`,
    'one-statement': (name: string) =>
      `${name} decides and writes in one statement: nobody can come between.`,
    apart: 'their transactions never overlapped.',
  },
  noHeld: 'The statements of these two do not show why; others may.',
  // what is left out
  rest: (requests: number, transactions: number, sessions: number) =>
    `Not drawn: ${counted.en(requests, 'other request', 'other requests')}, ${counted.en(transactions, 'transaction', 'transactions')} on ${counted.en(sessions, 'connection', 'connections')}`,
  committedRest: (n: number) => `${n} committed`,
  rolledBackRest: (n: number) => `${n} rolled back`,
  refusedRest: (code: string, n: number) => `${n} × ${code}`,
  untied: (n: number) =>
    `Of ${counted.en(n, 'transaction', 'transactions')} nobody can tell which request they belong to.`,
  unreadable: (n: number) =>
    `${counted.en(n, 'connection', 'connections')} could not be read: encrypted, or not PostgreSQL's protocol.`,
  leftOut: 'There were more statements than the lab keeps; the later ones are left out.',
  undrawn: (n: number) => `${counted.en(n, 'statement', 'statements')} of these two are left out.`,
  slower: 'A tap listened: the times of this run are no measure.',
  again: (run: string) => `plan explain ${run} --step goes through it line by line.`,
  goOn: '— Enter: next, q: leave —',
  // faults
  notRepeated: '--explain runs one case once, so --repeat does not go with it.',
  notExplained: (run: string) => `Nobody listened to the statements of ${run}.`,
  notExplainedMend: (kata: string) => `plan run ${kata} --explain`,
  noneYet: 'No run of this folder has been explained yet.',
  noSuchCase: (name: string, known: string) =>
    `The run has no explained case '${name}'. It has these: ${known}`,
  noSteps: (run: string) => `In ${run} nobody asked for anything.`,
  stepNeedsTerminal: '--step waits for keys, and nobody sits at a terminal here.',
  stepNeedsTerminalMend: 'plan explain',
  journalHead: (name: string) => `${name}, step by step:`,
};

const es: typeof en = {
  caseOption: 'de un caso de la ejecución: su nombre, o su estrategia',
  stepOption: 'línea a línea: Intro avanza, q sale',
  title: (what) => `Paso a paso: ${what}`,
  about: {
    witness: (rule) => `Quienes demuestran que se rompió esta regla: ${rule}`,
    held: 'No se rompió nada. Estas dos muestran mejor por qué.',
    shown: 'El testigo no nombra a nadie; estas dos coincidieron.',
  },
  legend:
    'Milisegundos desde la primera línea. Cada sentencia tuvo efecto en algún momento entre sus dos tiempos, vistos en la red; ≈ marca las que nadie puede ordenar.',
  requestsOnly:
    'No hay base de datos que escuchar: son las peticiones y los mensajes, tal como los vio el laboratorio.',
  connections: (numbers) =>
    `${numbers.length === 1 ? 'conexión' : 'conexiones'} ${numbers.join(', ')}`,
  lane: {
    request: (name) => name,
    message: (name) => `mensaje ${name}`,
    session: (name) => `la conexión ${name}`,
  },
  tie: {
    value: (name, value) => `${name}: se le reconoce por '${value}' en sus sentencias.`,
    time: (name) => `${name}: no había otra petición en curso.`,
    none: (name) => `${name}: no hizo nada en la base de datos que se viera.`,
    unseen: (name, n) =>
      `${name}: nadie puede decir qué sentencias son suyas. ${n === 1 ? 'Puede serlo' : 'Pueden serlo'} ${counted.es(n, 'transacción que no nombra', 'transacciones que no nombran')} a nadie.`,
    maybe: (name, n) =>
      `${name} puede haber hecho más: no se ${n === 1 ? 'dibuja' : 'dibujan'} ${counted.es(n, 'transacción que no nombra', 'transacciones que no nombran')} a nadie, de mientras estaba en curso.`,
    among: (name, names) => `${name}: nadie puede decir de quién era; puede ser de ${names}.`,
    unknown: (name, n) =>
      `${name}: nadie puede decir de quién era: había ${counted.es(n, 'petición', 'peticiones')} en curso, y ningún valor nombra una.`,
  },
  asks: (what) => `pide: ${what}`,
  answered: {
    ok: (what) => `se le dice: ${what}`,
    fail: (what) => `se le niega: ${what}`,
    unknown: (what) => `nunca lo sabrá: ${what}`,
  },
  heard: {
    delivered: (id) => `recibe el mensaje ${id}`,
    acked: (id) => `hace ack de ${id}`,
    rejected: (id) => `devuelve ${id}`,
    published: (id) => `publica ${id}`,
  },
  rows: (n) => counted.es(n, 'fila', 'filas'),
  moreRows: (n) => `y ${n} más`,
  bytes: (n) => `${n} bytes copiados`,
  failed: (code, message) => `✘ ${code}: ${message}`,
  skipped: 'saltada: falló una anterior',
  suspended: 'quedan filas por traer',
  cut: '? no llegó respuesta: nadie sabe si tuvo efecto',
  unsure: (what) => `≈ antes o después de ${what}: no es seguro`,
  ofLane: (what, name) => `${what} de ${name}`,
  waits: (whom, from, to) => `‖ espera a ${whom} (visto ${from}–${to})`,
  oneWaits: (n, whom, from, to) =>
    `‖ una de las ${n} sentencias enviadas juntas espera a ${whom} (visto ${from}–${to})`,
  somebody: 'otra conexión',
  committed: 'con COMMIT, sin sentencia propia',
  moreConnections: (n) => counted.es(n, 'conexión más', 'conexiones más'),
  seen: (at, name, what) => `◇ ${at}, tras el COMMIT de ${name}, los demás ven: ${what}`,
  notSure: 'otros hicieron COMMIT entretanto, así que puede ser suyo',
  table: (table, count, rows) =>
    rows === '' ? `${table}: ${count}` : `${table}: ${rows} (${count})`,
  moment: (what) => `▲ Aquí aún se podía evitar: ${what}`,
  noMoment:
    'Las sentencias no muestran dónde se pudo evitar: mira lo que se respondió a las peticiones.',
  noMomentKnown:
    'Nadie puede decir dónde se pudo evitar: no se conocen todas las sentencias de estas dos. Un valor de la petición en cada transacción, aunque sea en un comentario, las nombraría.',
  momentOf: {
    'stale-write': (name, read, other, by, table) =>
      `${name} escribe según lo que leyó de ${table} en ${read}, y antes de que eso tenga efecto ${other} ha hecho COMMIT de un cambio (a más tardar en ${by}). Bloqueado al leer (FOR UPDATE), vuelto a preguntar en el WHERE de la escritura, o rechazado por el servidor (REPEATABLE READ), se habría visto.`,
    unsure:
      'Si ese COMMIT llegó entre la lectura y la escritura no es seguro: en la red se solaparon.',
    'split-write': (name) =>
      `${name} hace COMMIT de una escritura sin las demás que van con ella. Lo que la pare ahora deja la mitad; entre BEGIN y un solo COMMIT sería todo o nada.`,
    'apart-message': (name, id) =>
      `${name} ha hecho COMMIT, y el mensaje ${id} no forma parte de ello. Lo que la pare ahora pierde el mensaje; en una tabla de la misma transacción (outbox) se conservaría.`,
  },
  held: (what) => `✔ Por qué se cumplió: ${what}`,
  heldBy: {
    deadlocked: (name, code) =>
      `el servidor rechazó a ${name} (${code}): cada una esperaba a la otra, y una tuvo que empezar de nuevo.`,
    refused: (name, code) =>
      `el servidor rechazó a ${name} (${code}): lo que había leído ya no era cierto, y tuvo que empezar de nuevo.`,
    duplicate: (name, code) =>
      `el servidor rechazó a ${name} (${code}): una restricción deja entrar solo a una de las dos.`,
    waited: (name, other) =>
      `${name} tuvo que esperar al COMMIT de ${other}, y solo entonces siguió con lo que es cierto.`,
    'no-row': (name) =>
      `la escritura de ${name} preguntó en su WHERE si todo seguía igual, no encontró ninguna fila y no cambió nada.`,
    'no-insert': (name) =>
      `el INSERT de ${name} dio con una restricción que solo deja entrar a una, y no cambió nada.`,
    'one-statement': (name) =>
      `${name} decide y escribe en una sola sentencia: nadie puede ponerse en medio.`,
    apart: 'sus transacciones nunca se solaparon.',
  },
  noHeld: 'Las sentencias de estas dos no muestran por qué; quizá las de otras.',
  rest: (requests, transactions, sessions) =>
    `Sin dibujar: ${counted.es(requests, 'petición más', 'peticiones más')}, ${counted.es(transactions, 'transacción', 'transacciones')} en ${counted.es(sessions, 'conexión', 'conexiones')}`,
  committedRest: (n) => `${n} con COMMIT`,
  rolledBackRest: (n) => `${n} deshechas`,
  refusedRest: (code, n) => `${n} × ${code}`,
  untied: (n) =>
    `De ${counted.es(n, 'transacción', 'transacciones')} nadie puede decir a qué petición pertenecen.`,
  unreadable: (n) =>
    `${counted.es(n, 'conexión no se pudo leer', 'conexiones no se pudieron leer')}: cifrado, o no es el protocolo de PostgreSQL.`,
  leftOut: 'Hubo más sentencias de las que el laboratorio guarda; faltan las últimas.',
  undrawn: (n) => `Faltan ${counted.es(n, 'sentencia', 'sentencias')} de estas dos.`,
  slower: 'Había una escucha: los tiempos de esta ejecución no son una medida.',
  again: (run) => `plan explain ${run} --step la recorre línea a línea.`,
  goOn: '— Intro: siguiente, q: salir —',
  notRepeated: '--explain ejecuta un caso una vez, así que no va con --repeat.',
  notExplained: (run) => `Nadie escuchó las sentencias de ${run}.`,
  notExplainedMend: (kata) => `plan run ${kata} --explain`,
  noneYet: 'Aún no se ha explicado ninguna ejecución de esta carpeta.',
  noSuchCase: (name, known) =>
    `La ejecución no tiene el caso explicado '${name}'. Tiene estos: ${known}`,
  noSteps: (run) => `En ${run} nadie pidió nada.`,
  stepNeedsTerminal: '--step espera teclas, y aquí nadie está ante un terminal.',
  stepNeedsTerminalMend: 'plan explain',
  journalHead: (name) => `${name}, paso a paso:`,
};

export const explainTexts = { en, es };
