import { counted } from './words.js';

/** Finding, building and starting the programs under test. */
const en = {
  // where the implementation is
  noReference: (language: string, there: string) =>
    `This kata has no reference implementation in '${language}'; it has ${there}.`,
  noReferenceMend: (language: string) => `--lang ${language}`,
  notThere: (place: string) => `There is nothing at ${place}.`,
  notThereMend: 'give the folder of your implementation, or its one file: --impl ./mine',
  notReadable: (place: string, why: string) => `${place} cannot be read: ${why}`,
  notReadableMend: (place: string) => `make it yours: chmod -R u+rX ${place}`,
  noPlainFile: (file: string) =>
    `${file} is no file but a pipe or a device: to read it would never end.`,
  noPlainFileMend: (file: string) => `put a file of your own in its place: rm ${file}`,
  tooLargeToRead: (file: string, mebibytes: number) =>
    `${file} has more than ${mebibytes} MiB: that is no source, and is not read.`,
  empty: (folder: string) => `${folder} is empty: there is no program in it yet.`,
  emptyMend: 'put your program there, or give another folder with --impl',
  notASource: (file: string, known: string) =>
    `${file} is not a program that the lab knows how to start. A single file ends in ${known}.`,
  notASourceMend:
    'give the folder instead, with an implementation.json that has "start": ["command", "argument"]',
  noProgram: (folder: string, looked: string) =>
    `No program was found in ${folder}. The lab looked for ${looked}.`,
  noProgramMend:
    'add implementation.json: {"language": "command", "start": ["command", "argument"]}',
  lookedManifest: 'implementation.json',
  looked: {
    node: 'a package.json with "main", or index, server or main ending in .ts, .mts, .js, .mjs or .cjs',
    go: 'go.mod or *.go',
    rust: 'Cargo.toml or main.rs',
    python: 'main.py, server.py or app.py',
    java: 'pom.xml or *.java',
  },
  severalLanguages: (folder: string, languages: string) =>
    `${folder} holds programs in several languages: ${languages}.`,
  severalMend: (language: string) => `choose one: --lang ${language}`,
  otherLanguage: (file: string, said: string, asked: string) =>
    `${file} says that the language is '${said}', but --lang asks for '${asked}'.`,
  otherLanguageMend: (said: string) => `--lang ${said}, or leave --lang out`,
  // implementation.json
  notJson: (file: string, why: string) => `${file} is not valid JSON: ${why}`,
  notAnObject: (file: string) => `${file} must hold one object: { … }`,
  unknownField: (file: string, field: string) => `${file}: there is no field "${field}".`,
  knownFields: (fields: string) => `the fields are ${fields}`,
  didYouMean: (name: string) => `did you mean "${name}"?`,
  badLanguage: (file: string, value: string, known: string) =>
    `${file}: the field "language" must be one of ${known}, not ${value}.`,
  badLanguageMend: 'for any other language: "language": "command", with "build" and "start"',
  badCommand: (file: string, field: string) =>
    `${file}: the field "${field}" must be a list of at least one text: the command, then its arguments.`,
  badCommandMend: (field: string) => `for example "${field}": ["python3", "main.py"]`,
  badStrategies: (file: string) =>
    `${file}: the field "strategies" must be a list of at least one name.`,
  nulInCommand: (file: string, field: string) =>
    `${file}: the field "${field}" has a NUL character in it, which no command can have.`,
  commandTooLong: (file: string, field: string, most: number) =>
    `${file}: the field "${field}" is longer than a command can be: at most ${most} bytes.`,
  commandTooLongMend: 'put what is long into a file that your program reads',
  oddStrategy: (file: string, most: number) =>
    `${file}: a name in "strategies" is longer than ${most} characters, or has control characters in it.`,
  badStrategiesMend: 'for example "strategies": ["naive", "atomic"]',
  startMissing: (file: string) =>
    `${file}: with "language": "command" the field "start" is needed.`,
  // building
  building: (what: string, language: string) => `building ${what} (${language})`,
  buildFailed: (what: string) => `${what} could not be built:`,
  buildMend: 'correct that in the sources, then run it again',
  packagesMend: (folder: string) => `install its packages: cd ${folder} && npm install`,
  referencePackagesMend:
    'npm fetches them from its registry: look at the network, and run it again',
  nativeMend:
    'a package with native code cannot be bundled: add implementation.json with "language": "node" and "start": ["node", "your-file.js"]',
  modulesMend: (folder: string) =>
    `with a network, fetch its modules once: cd ${folder} && go mod tidy && go mod download`,
  cratesMend: (folder: string) =>
    `with a network, fetch its crates once: cd ${folder} && cargo fetch`,
  oldRustMend:
    'a newer Rust is needed: rustup update stable   (https://rustup.rs installs it where there is none)',
  linkerMend: 'sudo apt-get install gcc libc6-dev',
  mavenMend: (folder: string) =>
    `with a network, fetch what it needs once: cd ${folder} && mvn compile`,
  requirementsMend: 'see to requirements.txt, or to the network, then run it again',
  firstRust: 'building with cargo; the first time it compiles libraries too: a minute or two',
  installing: (what: string) => `installing what ${what} asks for (only once)`,
  noMainMethod: 'No class has a method "public static void main(String[] args)".',
  severalMainMethods: (names: string) =>
    `Several classes have a main method, and none is called Main: ${names}.`,
  noBinary: 'Cargo.toml has no binary: src/main.rs is missing.',
  severalBinaries: (names: string) =>
    `Cargo.toml has several binaries, and none is called main: ${names}.`,
  moreLines: (count: number) => `… and ${counted.en(count, 'more line', 'more lines')}`,
  noWords: (code: string) => `it said nothing and ended with ${code}`,
  leftRunning: (command: string) =>
    `The build command ${command} came to its end and left something running; plan has ended that. What the program needs while it runs, its start command starts.`,
  leftOut: (mebibytes: number) =>
    `… plan: ${mebibytes} MiB are left out here; the beginning and the end are kept …`,
  noToolchain: (language: string) => `${language} is not installed here, or not on the PATH.`,
  cacheNotWritable: (folder: string, why: string) => `Builds cannot be kept in ${folder}: ${why}`,
  cacheNotWritableMend: 'make room on that disk, or choose another folder with XDG_CACHE_HOME',
  // starting
  commandNotFound: (command: string) => `The command '${command}' was not found.`,
  commandNotFoundMend: (command: string) =>
    `install ${command}, or correct the command in implementation.json`,
  notExecutable: (command: string, why: string) => `'${command}' could not be started: ${why}`,
};

const es: typeof en = {
  noReference: (language, there) =>
    `Esta kata no tiene implementación de referencia en '${language}'; la tiene en ${there}.`,
  noReferenceMend: (language) => `--lang ${language}`,
  notThere: (place) => `No hay nada en ${place}.`,
  notThereMend: 'indica la carpeta de tu implementación, o su único fichero: --impl ./mine',
  notReadable: (place, why) => `No se puede leer ${place}: ${why}`,
  notReadableMend: (place) => `hazlo tuyo: chmod -R u+rX ${place}`,
  noPlainFile: (file) =>
    `${file} no es un fichero, sino una tubería o un dispositivo: leerlo no acabaría nunca.`,
  noPlainFileMend: (file) => `pon en su lugar un fichero tuyo: rm ${file}`,
  tooLargeToRead: (file, mebibytes) =>
    `${file} tiene más de ${mebibytes} MiB: eso no es código fuente, y no se lee.`,
  empty: (folder) => `${folder} está vacía: todavía no hay ningún programa en ella.`,
  emptyMend: 'pon ahí tu programa, o indica otra carpeta con --impl',
  notASource: (file, known) =>
    `${file} no es un programa que el laboratorio sepa arrancar. Un fichero suelto termina en ${known}.`,
  notASourceMend:
    'indica la carpeta, con un implementation.json que tenga "start": ["orden", "argumento"]',
  noProgram: (folder, looked) =>
    `No se encontró ningún programa en ${folder}. El laboratorio buscó ${looked}.`,
  noProgramMend:
    'añade implementation.json: {"language": "command", "start": ["orden", "argumento"]}',
  lookedManifest: 'implementation.json',
  looked: {
    node: 'un package.json con "main", o index, server o main terminados en .ts, .mts, .js, .mjs o .cjs',
    go: 'go.mod o *.go',
    rust: 'Cargo.toml o main.rs',
    python: 'main.py, server.py o app.py',
    java: 'pom.xml o *.java',
  },
  severalLanguages: (folder, languages) =>
    `${folder} contiene programas en varios lenguajes: ${languages}.`,
  severalMend: (language) => `elige uno: --lang ${language}`,
  otherLanguage: (file, said, asked) =>
    `${file} dice que el lenguaje es '${said}', pero --lang pide '${asked}'.`,
  otherLanguageMend: (said) => `--lang ${said}, o no pongas --lang`,
  notJson: (file, why) => `${file} no es JSON válido: ${why}`,
  notAnObject: (file) => `${file} debe contener un solo objeto: { … }`,
  unknownField: (file, field) => `${file}: no existe el campo "${field}".`,
  knownFields: (fields) => `los campos son ${fields}`,
  didYouMean: (name) => `¿querías decir "${name}"?`,
  badLanguage: (file, value, known) =>
    `${file}: el campo "language" debe ser uno de ${known}, no ${value}.`,
  badLanguageMend: 'para cualquier otro lenguaje: "language": "command", con "build" y "start"',
  badCommand: (file, field) =>
    `${file}: el campo "${field}" debe ser una lista con al menos un texto: la orden y luego sus argumentos.`,
  badCommandMend: (field) => `por ejemplo "${field}": ["python3", "main.py"]`,
  badStrategies: (file) =>
    `${file}: el campo "strategies" debe ser una lista con al menos un nombre.`,
  nulInCommand: (file, field) =>
    `${file}: el campo "${field}" tiene un carácter NUL, que ninguna orden puede tener.`,
  commandTooLong: (file, field, most) =>
    `${file}: el campo "${field}" es más largo de lo que puede ser una orden: como mucho ${most} bytes.`,
  commandTooLongMend: 'pon lo que es largo en un fichero que lea tu programa',
  oddStrategy: (file, most) =>
    `${file}: un nombre en "strategies" pasa de ${most} caracteres, o tiene caracteres de control.`,
  badStrategiesMend: 'por ejemplo "strategies": ["naive", "atomic"]',
  startMissing: (file) => `${file}: con "language": "command" hace falta el campo "start".`,
  building: (what, language) => `compilando ${what} (${language})`,
  buildFailed: (what) => `No se pudo compilar ${what}:`,
  buildMend: 'corrígelo en las fuentes y vuelve a ejecutar',
  packagesMend: (folder) => `instala sus paquetes: cd ${folder} && npm install`,
  referencePackagesMend: 'npm los trae de su registro: revisa la red, y vuelve a ejecutarlo',
  nativeMend:
    'un paquete con código nativo no se puede empaquetar: añade implementation.json con "language": "node" y "start": ["node", "tu-fichero.js"]',
  modulesMend: (folder) =>
    `con red, descarga sus módulos una vez: cd ${folder} && go mod tidy && go mod download`,
  cratesMend: (folder) => `con red, descarga sus crates una vez: cd ${folder} && cargo fetch`,
  oldRustMend:
    'hace falta un Rust más nuevo: rustup update stable   (https://rustup.rs lo instala donde no lo hay)',
  linkerMend: 'sudo apt-get install gcc libc6-dev',
  mavenMend: (folder) => `con red, descarga lo que necesita una vez: cd ${folder} && mvn compile`,
  requirementsMend: 'revisa requirements.txt, o la red, y vuelve a ejecutar',
  firstRust: 'compilando con cargo; la primera vez también las bibliotecas: un minuto o dos',
  installing: (what) => `instalando lo que pide ${what} (solo una vez)`,
  noMainMethod: 'Ninguna clase tiene un método "public static void main(String[] args)".',
  severalMainMethods: (names) =>
    `Varias clases tienen un método main, y ninguna se llama Main: ${names}.`,
  noBinary: 'Cargo.toml no tiene ningún binario: falta src/main.rs.',
  severalBinaries: (names) =>
    `Cargo.toml tiene varios binarios, y ninguno se llama main: ${names}.`,
  moreLines: (count) => `… y ${counted.es(count, 'línea', 'líneas')} más`,
  noWords: (code) => `no dijo nada y terminó con ${code}`,
  leftRunning: (command) =>
    `La orden de compilación ${command} terminó y dejó algo en marcha; plan lo ha terminado. Lo que el programa necesita mientras corre lo arranca su orden de inicio.`,
  leftOut: (mebibytes) => `… plan: aquí faltan ${mebibytes} MiB; quedan el principio y el final …`,
  noToolchain: (language) => `${language} no está instalado aquí, o no está en el PATH.`,
  cacheNotWritable: (folder, why) => `No se puede guardar lo compilado en ${folder}: ${why}`,
  cacheNotWritableMend: 'libera espacio en ese disco, o elige otra carpeta con XDG_CACHE_HOME',
  commandNotFound: (command) => `No se encontró la orden '${command}'.`,
  commandNotFoundMend: (command) => `instala ${command}, o corrige la orden en implementation.json`,
  notExecutable: (command, why) => `No se pudo arrancar '${command}': ${why}`,
};

export const implementationTexts = { en, es };
