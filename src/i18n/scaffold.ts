/** `plan new`: what it says, and the comments in what it lays down. */
const en = {
  needsLanguage: 'In which language?',
  languageAndCmd: 'Either --lang or --cmd, not both.',
  badLanguage: (name: string, known: string) =>
    `plan new knows ${known}, not '${name}'. For any other language there is --cmd.`,
  didYouMean: (name: string) => `did you mean --lang ${name}?`,
  emptyCmd: 'The command given with --cmd is empty.',
  cmdMend: 'for example --cmd "ruby main.rb"',
  notEmpty: (folder: string) => `${folder} is not empty, and nothing in it is ever overwritten.`,
  notEmptyMend: (command: string) => `choose a folder that is not there yet: ${command}`,
  notAFolder: (place: string) => `${place} is a file, not a folder.`,
  notWritable: (place: string, why: string) => `${place} cannot be written: ${why}`,
  notWritableMend: 'choose a folder that is yours',
  made: (folder: string) => `${folder} is ready:`,
  honest: {
    answers:
      'It builds, starts and is healthy. It answers 501 until you write it, and so it fails.',
    consumes:
      'It builds, starts, consumes and is healthy. Until you write it, every message fails and is offered again, and so it fails.',
    both: 'It builds, starts, consumes and is healthy. Until you write it, its routes answer 501 and every message fails and is offered again, and so it fails.',
  },
  honestCommand:
    'Write your program there. contract.md says what it must do, implementation.json how it starts.',
  next: 'Next',
  seeBrief: (kata: string) => `plan show ${kata}`,
  // in the programs
  contractHead: (title: string) => `${title}: the contract.`,
  options: 'Environment variables that this kata sets, with their defaults:',
  everyProgram: (command: string) =>
    `Every program also answers GET /health with 200, and ends with 0 within five seconds of SIGTERM. ${command} shows the whole brief.`,
  noContract: (command: string) => `The brief has the contract: ${command}`,
  strategyOption: 'the strategy that the run asks for',
  neighbour: (role: string) => `where ${role} answers`,
  sends: 'Messages that it sends (a field with ? may be missing):',
  takes: 'Messages that it takes; leave alone what you do not know in them:',
  needsLanguages: 'Which service in which language?',
  cmdOfOne: '--cmd lays down one program, and this kata has several.',
  cmdOfOneMend: (roles: string) =>
    `lay down the services in a language that plan new knows, or write implementation.json with "start" yourself, in a folder for each (${roles})`,
  others: (roles: string) => `What is not there the references play: ${roles}.`,
  comments: {
    routes: 'One line a route. Put a function of your own in the place of each "not yet".',
    notYet: 'Yours to write: from the body and the parameters of the path to a status and a body.',
    pool: 'The tables are there already; the contract above names them.',
    javaPool: 'A try (…) around pool.getConnection() gives it back. The tables are there already.',
    field: 'A field of a flat JSON object, as text; null where it is missing.',
    drain: 'SIGTERM: take no more connections, finish what is under way, end with 0.',
    worker: 'Yours to write. What returns is acknowledged; what fails is offered again.',
    cancelled: 'The broker cancelled the consumer: nothing more would come.',
    consume: 'Consumes, and connects again after a broken connection.',
    gone: 'The channel is gone: the message comes again.',
    inHand: 'No more comes, and what is in hand is still settled here.',
    ownThread: 'A connection belongs to one thread, which settles for all of them.',
  },
};

const es: typeof en = {
  needsLanguage: '¿En qué lenguaje?',
  languageAndCmd: 'O --lang o --cmd, pero no los dos.',
  badLanguage: (name, known) =>
    `plan new conoce ${known}, no '${name}'. Para cualquier otro lenguaje está --cmd.`,
  didYouMean: (name) => `¿querías decir --lang ${name}?`,
  emptyCmd: 'La orden dada con --cmd está vacía.',
  cmdMend: 'por ejemplo --cmd "ruby main.rb"',
  notEmpty: (folder) => `${folder} no está vacía, y nada de lo que hay en ella se sobrescribe.`,
  notEmptyMend: (command) => `elige una carpeta que todavía no exista: ${command}`,
  notAFolder: (place) => `${place} es un fichero, no una carpeta.`,
  notWritable: (place, why) => `No se puede escribir en ${place}: ${why}`,
  notWritableMend: 'elige una carpeta tuya',
  made: (folder) => `${folder} está lista:`,
  honest: {
    answers:
      'Se compila, arranca y está sano. Responde 501 hasta que lo escribas, y por eso no pasa todavía.',
    consumes:
      'Se compila, arranca, consume y está sano. Hasta que lo escribas, cada mensaje falla y se ofrece de nuevo, y por eso no pasa todavía.',
    both: 'Se compila, arranca, consume y está sano. Hasta que lo escribas, sus rutas responden 501 y cada mensaje falla y se ofrece de nuevo, y por eso no pasa todavía.',
  },
  honestCommand:
    'Escribe ahí tu programa. contract.md dice qué debe hacer; implementation.json, cómo se arranca.',
  next: 'Siguiente',
  seeBrief: (kata) => `plan show ${kata}`,
  contractHead: (title) => `${title}: el contrato.`,
  options: 'Variables de entorno que fija esta kata, con sus valores por defecto:',
  everyProgram: (command) =>
    `Todo programa responde además a GET /health con 200, y termina con 0 en los cinco segundos siguientes a SIGTERM. ${command} muestra el enunciado completo.`,
  noContract: (command) => `El contrato está en el enunciado: ${command}`,
  strategyOption: 'la estrategia que pide la ejecución',
  neighbour: (role) => `dónde responde ${role}`,
  sends: 'Mensajes que envía (un campo con ? puede faltar):',
  takes: 'Mensajes que recibe; no toques lo que no conozcas en ellos:',
  needsLanguages: '¿Qué servicio en qué lenguaje?',
  cmdOfOne: '--cmd prepara un solo programa, y esta kata tiene varios.',
  cmdOfOneMend: (roles) =>
    `prepara los servicios en un lenguaje que plan new conozca, o escribe tú el implementation.json con "start", en una carpeta para cada uno (${roles})`,
  others: (roles) => `Lo que no está lo hacen las referencias: ${roles}.`,
  comments: {
    routes: 'Una línea por ruta. Pon una función tuya en lugar de cada "not yet".',
    notYet: 'Esto lo escribes tú: del cuerpo y los parámetros de la ruta a un estado y un cuerpo.',
    pool: 'Las tablas ya están creadas; el contrato de arriba las nombra.',
    javaPool: 'Un try (…) con pool.getConnection() la devuelve. Las tablas ya están creadas.',
    field: 'Un campo de un objeto JSON plano, como texto; null si no está.',
    drain: 'SIGTERM: no aceptar más conexiones, acabar lo que está en curso, terminar con 0.',
    worker: 'Esto lo escribes tú. A lo que termina se le da ack; lo que falla se ofrece de nuevo.',
    cancelled: 'El broker canceló el consumidor: no llegaría nada más.',
    consume: 'Consume, y se conecta de nuevo si se rompe la conexión.',
    gone: 'El canal ya no está: el mensaje vuelve.',
    inHand: 'Ya no llega nada más, y a lo que está entre manos todavía se le da aquí su respuesta.',
    ownThread: 'Una conexión es de un solo hilo, que responde por todos.',
  },
};

export const scaffoldTexts = { en, es };
