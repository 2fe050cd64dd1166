/** What the machine would not let plan do: never a defect, of plan or of a program. */
const en = {
  at: (place: string) => ` (${place})`,
  noRoom: (where: string) => `There is no room left on a disk${where}.`,
  noRoomMend: (folders: string) =>
    `make room there; what plan may remove by itself lies in ${folders}`,
  tooManyFiles: (where: string) => `This shell lets a process open too few files at once${where}.`,
  fewFiles: (limit: number, least: number) =>
    `This shell lets a process open only ${limit} files at once; a run needs at least ${least}.`,
  filesMend: (command: string) => `${command}   in this shell, then run it again`,
  machineFull: 'The machine has as many files open as it allows.',
  machineFullMend: 'end what opens so many, or raise fs.file-max, then run it again',
  readOnly: (where: string) => `A file system is mounted read-only${where}.`,
  readOnlyMend:
    'run it in a folder that can be written; XDG_CACHE_HOME, XDG_STATE_HOME and TMPDIR choose the others',
  notAllowed: (where: string) => `This user may not do that${where}.`,
  notAllowedMend:
    'see to whom it belongs: ls -ld on it, then chown or chmod, or choose another folder',
  nameTooLong: (where: string) => `A name is too long for the file system${where}.`,
  nameTooLongMend: 'give it a shorter name, or run plan in a folder with a shorter path',
  commandTooLong: 'A command line, with its environment, is longer than the system allows.',
  commandTooLongMend: 'shorten the command; what is long belongs in a file that the program reads',
  tooManyProcesses: (where: string) => `The system lets this user start no more processes${where}.`,
  tooManyProcessesMend: 'end some, or raise the limit (ulimit -u), then run it again',
  noMemory: (where: string) => `The machine is out of memory${where}.`,
  noMemoryMend: 'end what needs so much of it, then run it again',
  noTemporary: (folder: string, why: string) =>
    `The folder for temporary files, ${folder}, cannot be used: ${why}`,
  noTemporaryMend: (folder: string) => `mkdir -p ${folder}   or: export TMPDIR=/tmp`,
  notThere: 'it is not there',
  notAFolder: 'it is no folder',
  notWritable: 'this user may not write there',
};

const es: typeof en = {
  at: (place) => ` (${place})`,
  noRoom: (where) => `No queda sitio en un disco${where}.`,
  noRoomMend: (folders) => `haz sitio ahí; lo que plan mismo puede borrar está en ${folders}`,
  tooManyFiles: (where) =>
    `Este shell deja a un proceso abrir demasiado pocos ficheros a la vez${where}.`,
  fewFiles: (limit, least) =>
    `Este shell deja a un proceso abrir solo ${limit} ficheros a la vez; una ejecución necesita al menos ${least}.`,
  filesMend: (command) => `${command}   en este shell, y ejecútalo otra vez`,
  machineFull: 'La máquina tiene abiertos tantos ficheros como permite.',
  machineFullMend: 'termina lo que abre tantos, o sube fs.file-max, y ejecútalo otra vez',
  readOnly: (where) => `Un sistema de ficheros está montado solo para lectura${where}.`,
  readOnlyMend:
    'ejecútalo en una carpeta en la que se pueda escribir; XDG_CACHE_HOME, XDG_STATE_HOME y TMPDIR eligen las demás',
  notAllowed: (where) => `Este usuario no tiene permiso para eso${where}.`,
  notAllowedMend: 'mira de quién es con ls -ld, y usa chown o chmod, o elige otra carpeta',
  nameTooLong: (where) => `Un nombre es demasiado largo para el sistema de ficheros${where}.`,
  nameTooLongMend: 'ponle un nombre más corto, o usa plan en una carpeta de ruta más corta',
  commandTooLong:
    'Una línea de órdenes, con su entorno, es más larga de lo que permite el sistema.',
  commandTooLongMend: 'acorta la orden; lo largo va en un fichero que el programa lee',
  tooManyProcesses: (where) => `El sistema no deja a este usuario arrancar más procesos${where}.`,
  tooManyProcessesMend: 'termina algunos, o sube el límite (ulimit -u), y ejecútalo otra vez',
  noMemory: (where) => `La máquina se ha quedado sin memoria${where}.`,
  noMemoryMend: 'termina lo que necesita tanta, y ejecútalo otra vez',
  noTemporary: (folder, why) =>
    `La carpeta para ficheros temporales, ${folder}, no se puede usar: ${why}`,
  noTemporaryMend: (folder) => `mkdir -p ${folder}   o bien: export TMPDIR=/tmp`,
  notThere: 'no existe',
  notAFolder: 'no es una carpeta',
  notWritable: 'este usuario no puede escribir en ella',
};

export const systemTexts = { en, es };
