/** Katas that are not the lab's own: what is wrong with one, and what mends it. */
const en = {
  notThere: (word: string) => `There is no kata in ${word}: it has no kata.ts.`,
  notThereMend: (word: string) => `plan new-kata ${word}   lays one down`,
  notBuilt: (word: string) => `The kata in ${word} cannot be read:`,
  notBuiltMend: 'correct that line, and type the command again',
  packageMend: (folder: string) => `install what is missing there: cd ${folder} && npm install …`,
  threw: (word: string, place: string, message: string) =>
    `The kata in ${word} ended with an error as soon as it was loaded${place}: ${message}`,
  at: (place: string) => `, at ${place}`,
  threwMend: 'correct that line, and type the command again',
  noKata: (word: string) =>
    `kata.ts in ${word} exports no kata. It wants: export const kata = defineKata({ … });`,
  badFields: (word: string) => `The kata in ${word} is not whole:`,
  badFieldsMend: (page: string) => `correct these fields in kata.ts; ${page} says what each is for`,
  moreFields: (count: number) => `and ${count} more`,
  noSchema:
    'the kata has a database, so a file schema.sql must lie beside kata.ts; it may be empty',
  noLanguage: (language: string) => `there is no folder ${language}/ with its reference in it`,
  experimentThrew: (place: string, message: string) =>
    `The kata's own code ended with an error${place}: ${message}`,
  experimentThrewMend: 'that is a fault of the kata, not of the program that it judges',
  movedKata: (id: string, place: string) =>
    `That run is of the kata ${id}, which was in ${place} and is not there any more.`,
  movedKataMend: (command: string, where: string) => `plan ${command} ${where} --kata <its folder>`,
  otherKata: (word: string, id: string, wanted: string) =>
    `${word} holds the kata ${id}, and that run is of ${wanted}.`,
  // what may be wrong with a field
  missing: 'is missing',
  wants: (what: string) => `must be ${what}`,
  aText: 'a text that is not empty',
  texts: 'a text in both languages: { es: "…", en: "…" }',
  aFunction: 'a function',
  aList: 'a list',
  anObject: 'an object: { … }',
  aTrue: 'true, or nothing',
  aNumber: 'a whole number',
  aBoolean: 'true or false',
  oneOf: (known: string) => `one of ${known}`,
  someOf: (known: string) => `a list of services out of those of the kata: [${known}]`,
  unknownField: (known: string) => `is not a field of a kata here; it has ${known}`,
  didYouMean: (name: string) => `is unknown; did you mean ${name}?`,
  badId: 'must be small letters, digits and hyphens, and begin with a letter: lost-likes',
  takenId: "is the lab's own; give this kata a name such as lost-likes",
  badName: 'must be small letters, digits and hyphens, and begin with a letter',
  badOptionName: 'must be letters and digits, as thinkMs, which becomes --think-ms',
  takenOption: (flag: string) => `cannot be an option: --${flag} is one of plan run's own`,
  empty: 'must not be empty',
  noSuchStrategy: (name: string, known: string) => `names '${name}'; the strategies are ${known}`,
  noSuchOption: (name: string) => `sets '${name}', which is no option of this kata`,
  outOfRange: (min: number, max: number) => `must be from ${min} to ${max}`,
  minOverMax: 'min must not be greater than max',
  returns: (what: string) => `must return ${what}`,
  throws: (message: string) => `ends with an error: ${message}`,
  noSuchItem: (item: string) =>
    `names '${item}', which is no item of the plan; leave it out, and nothing is ticked`,
  expectation:
    '{ verdict: "holds" }, or { verdict: "violated", by: "<invariant>", with: ["<invariant>", …] }',
};

const es: typeof en = {
  notThere: (word) => `En ${word} no hay ninguna kata: falta kata.ts.`,
  notThereMend: (word) => `plan new-kata ${word}   prepara una`,
  notBuilt: (word) => `No se puede leer la kata de ${word}:`,
  notBuiltMend: 'corrige esa línea y repite la orden',
  packageMend: (folder) => `instala allí lo que falta: cd ${folder} && npm install …`,
  threw: (word, place, message) =>
    `La kata de ${word} terminó con un error nada más cargarla${place}: ${message}`,
  at: (place) => `, en ${place}`,
  threwMend: 'corrige esa línea y repite la orden',
  noKata: (word) =>
    `kata.ts en ${word} no exporta ninguna kata. Hace falta: export const kata = defineKata({ … });`,
  badFields: (word) => `La kata de ${word} no está completa:`,
  badFieldsMend: (page) => `corrige esos campos en kata.ts; ${page} dice para qué es cada uno`,
  moreFields: (count) => `y ${count} más`,
  noSchema:
    'la kata tiene base de datos, así que junto a kata.ts debe haber un fichero schema.sql; puede estar vacío',
  noLanguage: (language) => `no hay ninguna carpeta ${language}/ con su referencia dentro`,
  experimentThrew: (place, message) =>
    `El código de la propia kata terminó con un error${place}: ${message}`,
  experimentThrewMend: 'es un fallo de la kata, no del programa al que juzga',
  movedKata: (id, place) =>
    `Esa ejecución es de la kata ${id}, que estaba en ${place} y ya no está allí.`,
  movedKataMend: (command, where) => `plan ${command} ${where} --kata <su carpeta>`,
  otherKata: (word, id, wanted) =>
    `En ${word} está la kata ${id}, y esa ejecución es de ${wanted}.`,
  missing: 'falta',
  wants: (what) => `debe ser ${what}`,
  aText: 'un texto que no esté vacío',
  texts: 'un texto en ambos idiomas: { es: "…", en: "…" }',
  aFunction: 'una función',
  aList: 'una lista',
  anObject: 'un objeto: { … }',
  aTrue: 'true, o nada',
  aNumber: 'un número entero',
  aBoolean: 'true o false',
  someOf: (known) => `una lista con algunos de los servicios de la kata: [${known}]`,
  oneOf: (known) => `uno de ${known}`,
  unknownField: (known) => `no es aquí un campo de una kata; los hay: ${known}`,
  didYouMean: (name) => `no se conoce; ¿querías decir ${name}?`,
  badId: 'debe tener minúsculas, cifras y guiones, y empezar por una letra: lost-likes',
  takenId: 'es del propio laboratorio; dale a esta kata un nombre como lost-likes',
  badName: 'debe tener minúsculas, cifras y guiones, y empezar por una letra',
  badOptionName: 'debe tener letras y cifras, como thinkMs, que pasa a ser --think-ms',
  takenOption: (flag) => `no puede ser una opción: --${flag} ya es de plan run`,
  empty: 'no debe estar vacío',
  noSuchStrategy: (name, known) => `nombra '${name}'; las estrategias son ${known}`,
  noSuchOption: (name) => `fija '${name}', que no es una opción de esta kata`,
  outOfRange: (min, max) => `debe estar entre ${min} y ${max}`,
  minOverMax: 'min no debe ser mayor que max',
  returns: (what) => `debe devolver ${what}`,
  throws: (message) => `termina con un error: ${message}`,
  noSuchItem: (item) =>
    `nombra '${item}', que no es ningún punto del plan; quítalo y no se marcará nada`,
  expectation:
    '{ verdict: "holds" } o { verdict: "violated", by: "<invariante>", with: ["<invariante>", …] }',
};

export const outsideKataTexts = { en, es };
