import { agreeing, counted } from './words.js';

/** `plan dev`: what authors of katas need. */
const en = {
  badTask: (name: string) => `plan dev knows check and link, not '${name}'.`,
  badTaskMend: 'plan dev check ./my-kata',
  // texts
  texts: 'texts',
  references: 'references',
  twins: 'twins',
  noSchema: 'is missing; the kata has a database, so it needs one, be it empty',
  noReference: 'is missing; kata.ts says that a reference is in it',
  noBrief: 'is missing',
  noContract: 'has no section "## Contract" ("## Contrato")',
  noHints: 'has no hints: "## Hints" ("## Pistas"), with "### 1", "### 2", … below',
  emptyHint: 'has a hint without a word',
  notNamed: (name: string) => `never says \`${name}\``,
  strangeName: (name: string) => `says \`${name}\`, which the kata does not have`,
  otherHeadings: (one: string, other: string) =>
    `have other headings: their levels are ${one} and ${other}`,
  otherHints: (one: number, other: number) =>
    `have ${one} and ${counted.en(other, 'hint', 'hints')}`,
  noRule: (name: string) => `names '${name}', which no run judged`,
  noCondition: (name: string) => `names '${name}', which no run asked for`,
  noFigure: (figure: string) => `no run came to a figure '${figure}'`,
  // the shape
  noRoom: (rooms: string) => `is no room of a kata; these are: ${rooms}, each a file or a folder`,
  notForThisRoom: (to: string, allowed: string) =>
    `imports ${to}; this room may look into ${allowed === '' ? 'no other' : allowed}`,
  circle: 'imports itself by way of others',
  notData: (word: string) => `is data alone, and says '${word}'; what happens is for experiment.ts`,
  tooLong: (lines: number, most: number) => `has ${lines} lines, and may have ${most}`,
  // twins.json
  badTwins: (file: string, why: string) => `${file} is not right: ${why}`,
  badTwinsMend:
    'it wants { "broken": { "<file or folder>": { "caughtBy": "<invariant>", "with": […] } }, "right": ["<file or folder>"] }',
  unlisted: (name: string) => `${name} is neither in broken nor in right`,
  unlistedMend: (name: string, twin: string) =>
    `add "${twin}" to broken or right; or, where twins only share ${name}, let its name begin with twin`,
  noSuchTwin: (name: string, there: string) =>
    `there is no program ${name} beside it${there === '' ? '' : `; there are ${there}`}`,
  noSuchTwinMend: (name: string) =>
    `write the program (${name}.js, or a folder of that name), or take "${name}" out of twins.json`,
  noTwins: (folder: string) => `there is no ${folder}/twins.json`,
  // the report
  proving: (kata: string, name: string, n: number) => `${n}  ${kata}: ${name}`,
  textsWhole: 'whole, in both languages',
  textsNot: (count: number) => counted.en(count, 'problem', 'problems'),
  referencesSummary: (right: number, of: number) =>
    `${right} of ${of} ${agreeing.en(right, 'comes to what is expected of it', 'come to what is expected of them')}`,
  brokenSummary: (right: number, of: number) =>
    `${right} of ${of} broken ones ${agreeing.en(right, 'is', 'are')} caught`,
  rightSummary: (right: number, of: number) =>
    `${right} of ${of} right ones ${agreeing.en(right, 'passes', 'pass')}`,
  nobodyLooked: 'not looked at',
  leftOut: 'left out',
  again: (names: string) => `told nothing at first, and was run again: ${names}`,
  wanted: 'wanted',
  came: 'came',
  holds: 'holds',
  nothingBroke: 'nothing broke',
  violatedBy: (names: string) => `violated: ${names}`,
  wantedViolated: (by: string, others: string) =>
    others === '' ? `violated: ${by}` : `violated: ${by}, perhaps with ${others}`,
  itsRun: 'its run',
  proved: 'Everything is proved.',
  provedOf: (parts: string) => `Proved of it: ${parts}.`,
  provedButLeftOut: 'Everything is proved that could be tried here.',
  notProved: (count: number) => `${counted.en(count, 'thing is', 'things are')} not right.`,
  nothingToLink: 'Which kata is to be linked?',
  linked: (folder: string) => `Editors find the types of the contract in ${folder} now.`,
  notLinked: (folder: string) => `${folder}/node_modules cannot be written.`,
  notLinkedMend: 'choose a folder that is yours',
};

const es: typeof en = {
  badTask: (name) => `plan dev conoce check y link, no '${name}'.`,
  badTaskMend: 'plan dev check ./my-kata',
  texts: 'textos',
  references: 'referencias',
  twins: 'gemelos',
  noSchema: 'falta; la kata tiene base de datos, así que hace falta uno, aunque esté vacío',
  noReference: 'falta; kata.ts dice que contiene una referencia',
  noBrief: 'falta',
  noContract: 'no tiene la sección «## Contrato» («## Contract»)',
  noHints: 'no tiene pistas: «## Pistas» («## Hints»), y debajo «### 1», «### 2», …',
  emptyHint: 'tiene una pista sin una sola palabra',
  notNamed: (name) => `no nombra \`${name}\``,
  strangeName: (name) => `nombra \`${name}\`, que la kata no tiene`,
  otherHeadings: (one, other) => `tienen otros títulos: sus niveles son ${one} y ${other}`,
  otherHints: (one, other) => `tienen ${one} y ${counted.es(other, 'pista', 'pistas')}`,
  noRule: (name) => `nombra '${name}', que ninguna ejecución juzgó`,
  noCondition: (name) => `nombra '${name}', que ninguna ejecución pidió`,
  noFigure: (figure) => `ninguna ejecución dio una cifra '${figure}'`,
  noRoom: (rooms) =>
    `no es ninguna sala de una kata; son: ${rooms}, cada una un fichero o una carpeta`,
  notForThisRoom: (to, allowed) =>
    `importa ${to}; esta sala puede mirar en ${allowed === '' ? 'ninguna otra' : allowed}`,
  circle: 'se importa a sí mismo a través de otros',
  notData: (word) => `es solo datos, y dice '${word}'; lo que ocurre es para experiment.ts`,
  tooLong: (lines, most) => `tiene ${lines} líneas, y puede tener ${most}`,
  badTwins: (file, why) => `${file} no está bien: ${why}`,
  badTwinsMend:
    'hace falta { "broken": { "<fichero o carpeta>": { "caughtBy": "<invariante>", "with": […] } }, "right": ["<fichero o carpeta>"] }',
  unlisted: (name) => `${name} no está ni en broken ni en right`,
  unlistedMend: (name, twin) =>
    `añade "${twin}" a broken o a right; o, si ${name} solo lo comparten los gemelos, que su nombre empiece por twin`,
  noSuchTwin: (name, there) =>
    `a su lado no hay ningún programa ${name}${there === '' ? '' : `; hay ${there}`}`,
  noSuchTwinMend: (name) =>
    `escribe el programa (${name}.js, o una carpeta con ese nombre), o quita "${name}" de twins.json`,
  noTwins: (folder) => `no hay ${folder}/twins.json`,
  proving: (kata, name, n) => `${n}  ${kata}: ${name}`,
  textsWhole: 'completos, en ambos idiomas',
  textsNot: (count) => counted.es(count, 'problema', 'problemas'),
  referencesSummary: (right, of) =>
    `${right} de ${of} ${agreeing.es(right, 'llega a lo que se espera de ella', 'llegan a lo que se espera de ellas')}`,
  brokenSummary: (right, of) => `se caza a ${right} de ${of} malos`,
  rightSummary: (right, of) => `${agreeing.es(right, 'pasa', 'pasan')} ${right} de ${of} buenos`,
  nobodyLooked: 'no se ha mirado',
  leftOut: 'sin probar',
  again: (names: string) => `al principio no dijo nada, y se volvió a ejecutar: ${names}`,
  wanted: 'debía',
  came: 'salió',
  holds: 'se cumple',
  nothingBroke: 'no se rompió nada',
  violatedBy: (names) => `violado: ${names}`,
  wantedViolated: (by, others) =>
    others === '' ? `violado: ${by}` : `violado: ${by}, quizá con ${others}`,
  itsRun: 'su ejecución',
  proved: 'Todo queda demostrado.',
  provedOf: (parts) => `Queda demostrado: ${parts}.`,
  provedButLeftOut: 'Queda demostrado todo lo que aquí se podía probar.',
  notProved: (count) => `Hay ${counted.es(count, 'cosa', 'cosas')} mal.`,
  nothingToLink: '¿Qué kata hay que enlazar?',
  linked: (folder) => `El editor ya encuentra los tipos del contrato en ${folder}.`,
  notLinked: (folder) => `No se puede escribir en ${folder}/node_modules.`,
  notLinkedMend: 'elige una carpeta tuya',
};

export const proofTexts = { en, es };
