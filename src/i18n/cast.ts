/** Systems: who plays which role. */
const en = {
  notThere: (place: string) => `There is nothing at ${place}.`,
  notAFolder: (place: string) => `${place} is not a folder that can be read.`,
  noRole: (place: string) => `${place} has a folder for none of this kata's services.`,
  rolesMend: (roles: string) =>
    `put each service into a folder of its name (${roles}; those that are missing the references play), or name one: --impl ROLE=./mine`,
  noStrategy: (strategy: string, known: string) =>
    `The references play beside yours, and know no strategy ${strategy}; they know ${known}.`,
  noStrategyMend: 'leave --strategy out, or name one of theirs',
  noSuchRole: (role: string, known: string) => `There is no role '${role}'; there are ${known}.`,
  cmdNeedsOne: '--cmd starts one program, and this kata has several.',
  cmdNeedsOneMend: 'say it in the implementation.json of each, as "start"',
  own: 'yours',
  reference: 'reference',
  held: (done: number, total: number) => `${done} of ${total}`,
  role: 'role',
  plays: 'played by',
};

const es: typeof en = {
  notThere: (place) => `No hay nada en ${place}.`,
  notAFolder: (place) => `${place} no es una carpeta que se pueda leer.`,
  noRole: (place) => `${place} no tiene carpeta para ninguno de los servicios de esta kata.`,
  rolesMend: (roles) =>
    `pon cada servicio en una carpeta con su nombre (${roles}; los que falten los hacen las referencias), o indica uno: --impl ROL=./mine`,
  noStrategy: (strategy, known) =>
    `Las referencias actúan junto a lo tuyo y no conocen la estrategia ${strategy}; conocen ${known}.`,
  noStrategyMend: 'quita --strategy, o indica una de las suyas',
  noSuchRole: (role, known) => `No hay ningún rol '${role}'; hay ${known}.`,
  cmdNeedsOne: '--cmd arranca un solo programa, y esta kata tiene varios.',
  cmdNeedsOneMend: 'dilo en el implementation.json de cada uno, como "start"',
  own: 'tuyo',
  reference: 'referencia',
  held: (done, total) => `${done} de ${total}`,
  role: 'rol',
  plays: 'lo hace',
};

export const castTexts = { en, es };
