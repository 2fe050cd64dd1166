const en = {
  // starting
  startFailed: (log: string) => `Redis does not start. It says:\n${log}`,
  startFailedMend: 'plan doctor; or another way with --services url|docker|local|embedded',
  died: (log: string) => `Redis ended unexpectedly. The end of its log:\n${log}`,
  diedMend: 'run it again; plan doctor says what is here',
  // REDIS_URL
  noUrl: 'REDIS_URL is not set.',
  notRedisUrl: 'it is not a redis:// URL',
  tooOld: (version: string) => `it is Redis ${version}, and it must be 7.0 or newer`,
  urlFailed: (why: string) => `The server that REDIS_URL names cannot be used: ${why}`,
  urlMend: 'export REDIS_URL=redis://user:password@host:6379',
  // a database for each case
  noneFree: (databases: number) =>
    `Every case gets an empty database of its own, and of the ${databases} of this Redis (without number 0) none is empty.`,
  noneFreeMend: 'empty one that is not needed, or use another server: --services local|embedded',
  onlyOne:
    'Every case gets a database of its own, and this Redis has only number 0 (it is a cluster, or set to a single database).',
  onlyOneMend: 'the same command with --services local|docker|embedded',
  // Debian's packages
  noEmbedded:
    'Redis is fetched only on Debian, Ubuntu and what is made of them; this is another system.',
  whole: (version: string) => `Redis ${version}`,
  notFetchedMend:
    'once, with a connection: plan services up redis; or sudo apt-get install redis-server; or set REDIS_URL',
  // the ways
  none: 'No Redis was found: no REDIS_URL, no Docker, no redis-server or valkey-server on this machine.',
  noneMend: 'sudo apt-get install redis-server; or set REDIS_URL; plan doctor says more',
  noneMendMac: 'brew install redis; or set REDIS_URL; plan doctor says more',
  noLocal: 'No Redis or Valkey from version 7.0 on is installed on this machine.',
  onlyOlder: (version: string, program: string) =>
    `${program} is version ${version}; what plan runs on Redis Streams needs 7.0 or newer.`,
  noLocalMend: 'sudo apt-get install redis-server, or plan … --services embedded',
  noLocalMendMac: 'brew install redis',
  // plan doctor, and the register
  noWay: 'no way to a Redis works here; only --broker redis-streams needs one',
  local: 'local Redis',
  noLocalProgram: 'no Redis or Valkey from version 7.0 on is installed',
  embedded: 'embedded Redis',
  database: (index: number, server: string) => `database ${index} of the Redis on ${server}`,
};

const es: typeof en = {
  startFailed: (log) => `Redis no arranca. Dice:\n${log}`,
  startFailedMend: 'plan doctor; u otra vía con --services url|docker|local|embedded',
  died: (log) => `Redis terminó de forma inesperada. El final de su log:\n${log}`,
  diedMend: 'repítelo; plan doctor dice qué hay aquí',
  noUrl: 'REDIS_URL no está definida.',
  notRedisUrl: 'no es una URL redis://',
  tooOld: (version) => `es Redis ${version}, y tiene que ser 7.0 o más nuevo`,
  urlFailed: (why) => `No se puede usar el servidor que indica REDIS_URL: ${why}`,
  urlMend: 'export REDIS_URL=redis://usuario:contraseña@host:6379',
  noneFree: (databases) =>
    `Cada caso recibe una base de datos vacía para él solo, y de las ${databases} de este Redis (sin contar la 0) no hay ninguna vacía.`,
  noneFreeMend: 'vacía una que no haga falta, o usa otro servidor: --services local|embedded',
  onlyOne:
    'Cada caso recibe una base de datos para él solo, y este Redis solo tiene la 0 (es un clúster, o está configurado con una sola).',
  onlyOneMend: 'la misma orden con --services local|docker|embedded',
  noEmbedded: 'Redis solo se descarga en Debian, Ubuntu y sus derivadas; este es otro sistema.',
  whole: (version) => `Redis ${version}`,
  notFetchedMend:
    'una vez, con conexión: plan services up redis; o sudo apt-get install redis-server; o define REDIS_URL',
  none: 'No se encontró ningún Redis: ni REDIS_URL, ni Docker, ni redis-server o valkey-server en esta máquina.',
  noneMend: 'sudo apt-get install redis-server; o define REDIS_URL; plan doctor dice más',
  noneMendMac: 'brew install redis; o define REDIS_URL; plan doctor dice más',
  noLocal: 'En esta máquina no hay instalado ningún Redis o Valkey a partir de la versión 7.0.',
  onlyOlder: (version, program) =>
    `${program} es la versión ${version}; lo que plan ejecuta sobre Redis Streams necesita la 7.0 o una más nueva.`,
  noLocalMend: 'sudo apt-get install redis-server, o plan … --services embedded',
  noLocalMendMac: 'brew install redis',
  noWay: 'aquí no funciona ninguna vía hacia un Redis; solo lo necesita --broker redis-streams',
  local: 'Redis local',
  noLocalProgram: 'no hay instalado ningún Redis o Valkey a partir de la versión 7.0',
  embedded: 'Redis incluido (embedded)',
  database: (index, server) => `base de datos ${index} del Redis en ${server}`,
};

export const redisTexts = { en, es };
