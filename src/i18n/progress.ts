/** What can happen to progress.json. */
const en = {
  noProgress: (where: string) => `There is no progress.json in ${where} or in any folder above it.`,
  noProgressMend: 'plan init makes one in the current folder',
  exists: (file: string) => `${file} is already there, and nothing was changed.`,
  isFolder: 'it is a folder, not a file',
  noPermission: 'you may not read it',
  cutOff: 'it is cut off in the middle',
  notJson: (line: number | undefined) =>
    line === undefined ? 'it is not JSON' : `it is not JSON: look at line ${line}`,
  wrongField: (field: string, expected: string) =>
    `the field '${field}' is not what it should be: ${expected}`,
  unreadable: (file: string, why: string) =>
    `${file} cannot be understood: ${why}. Nothing was changed.`,
  unreadableKept: (file: string, why: string, kept: string) =>
    `${file} cannot be understood: ${why}. Nothing was written over it, and a copy is kept as ${kept}.`,
  unreadableMoved: (file: string, why: string, kept: string) =>
    `${file} cannot be understood: ${why}. It is now kept as ${kept}.`,
  unreadableMend: 'mend the file by hand, or plan init keeps it aside and starts a fresh one',
  movedMend: 'plan init starts a fresh one',
  permissionMend: (file: string) => `chmod u+rw ${file}`,
  newer: (file: string, found: number, known: number) =>
    `${file} was written by a newer plan (version ${found} of the file; this plan knows ${known}). Nothing was changed.`,
  newerMend: 'update plan: git pull && npm ci',
  diskFull: (file: string) => `The disk is full: ${file} could not be written, and is as it was.`,
  diskFullMend: (folder: string) => `free some space (df -h ${folder} shows it) and type it again`,
  readOnly: (file: string) =>
    `${file} could not be written, and is as it was: its folder does not let you write.`,
  readOnlyMend: (folder: string) => `chmod u+w ${folder}, or work in a folder of your own`,
  readOnlySystem: (file: string) =>
    `${file} could not be written, and is as it was: its file system is read-only.`,
  readOnlySystemMend: 'work in a folder on a disk that you can write: plan init makes one there',
  protected: (file: string) => `${file} is write-protected, and is as it was.`,
  protectedMend: (file: string) => `chmod u+w ${file}`,
  notWritten: (file: string, why: string) =>
    `${file} could not be written, and is as it was: ${why}.`,
  notWrittenMend: 'type it again; with PLAN_DEBUG=1 it says more',
  busy: (file: string) => `Another plan has been writing ${file} for a long time.`,
  busyMend: (lock: string) => `wait for it; if none is running: rmdir ${lock}`,
  migrated: (file: string, backup: string) =>
    `${file} was written by an older plan. It is up to date now; the old one is kept as ${backup}.`,
};

const es: typeof en = {
  noProgress: (where) => `No hay ningún progress.json en ${where} ni en las carpetas de encima.`,
  noProgressMend: 'plan init crea uno en la carpeta actual',
  exists: (file) => `${file} ya existe, y no se ha cambiado nada.`,
  isFolder: 'es una carpeta, no un fichero',
  noPermission: 'no tienes permiso para leerlo',
  cutOff: 'está cortado por la mitad',
  notJson: (line) => (line === undefined ? 'no es JSON' : `no es JSON: mira la línea ${line}`),
  wrongField: (field, expected) => `el campo '${field}' no es lo que debería: ${expected}`,
  unreadable: (file, why) => `No se entiende ${file}: ${why}. No se ha cambiado nada.`,
  unreadableKept: (file, why, kept) =>
    `No se entiende ${file}: ${why}. No se ha escrito encima, y queda una copia en ${kept}.`,
  unreadableMoved: (file, why, kept) => `No se entiende ${file}: ${why}. Ahora está en ${kept}.`,
  unreadableMend: 'arregla el fichero a mano, o plan init lo aparta y empieza uno nuevo',
  movedMend: 'plan init empieza uno nuevo',
  permissionMend: (file) => `chmod u+rw ${file}`,
  newer: (file, found, known) =>
    `${file} lo escribió un plan más nuevo (versión ${found} del fichero; este plan conoce la ${known}). No se ha cambiado nada.`,
  newerMend: 'actualiza plan: git pull && npm ci',
  diskFull: (file) => `El disco está lleno: no se pudo escribir ${file}, que sigue como estaba.`,
  diskFullMend: (folder) => `libera espacio (df -h ${folder} lo muestra) y vuelve a intentarlo`,
  readOnly: (file) =>
    `No se pudo escribir ${file}, que sigue como estaba: su carpeta no te deja escribir.`,
  readOnlyMend: (folder) => `chmod u+w ${folder}, o trabaja en una carpeta tuya`,
  readOnlySystem: (file) =>
    `No se pudo escribir ${file}, que sigue como estaba: su sistema de ficheros es de solo lectura.`,
  readOnlySystemMend:
    'trabaja en una carpeta de un disco donde puedas escribir: plan init crea uno allí',
  protected: (file) => `${file} está protegido contra escritura, y sigue como estaba.`,
  protectedMend: (file) => `chmod u+w ${file}`,
  notWritten: (file, why) => `No se pudo escribir ${file}, que sigue como estaba: ${why}.`,
  notWrittenMend: 'vuelve a intentarlo; con PLAN_DEBUG=1 dice más',
  busy: (file) => `Otro plan lleva mucho tiempo escribiendo ${file}.`,
  busyMend: (lock) => `espera a que acabe; si no hay ninguno en marcha: rmdir ${lock}`,
  migrated: (file, backup) =>
    `${file} lo escribió un plan más antiguo. Ya está al día; el anterior queda en ${backup}.`,
};

export const progressTexts = { en, es };
