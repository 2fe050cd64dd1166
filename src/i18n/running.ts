const en = {
  recovered: (what: string) =>
    `An earlier plan was killed; what it left running has been ended: ${what}.`,
  notWritable: (folder: string, why: string) =>
    `The list of what plan has started cannot be written to ${folder} (${why}).`,
  notWritableMend: 'make room on that disk, or choose another folder with XDG_STATE_HOME',
  process: (pid: number) => `process ${pid}`,
  folder: (path: string) => `folder ${path}`,
  container: (id: string) => `container ${id}`,
  unreadable: (file: string) =>
    `An entry of the list of what plan has started cannot be read. It is kept as ${file}.`,
  notEnded: (what: string, why: string) => `${what} could not be ended: ${why}`,
  stillRuns: 'it still runs after SIGKILL',
  notOurs: 'it does not look like something of plan',
  otherServer: (variable: string) => `${variable} names another server now`,
  engineAnswered: (status: number) => `the Docker engine answered ${status}`,
};

const es: typeof en = {
  recovered: (what) =>
    `A un plan anterior lo mataron; se ha terminado lo que dejó en marcha: ${what}.`,
  notWritable: (folder, why) =>
    `No se puede escribir en ${folder} la lista de lo que plan ha puesto en marcha (${why}).`,
  notWritableMend: 'libera espacio en ese disco, o elige otra carpeta con XDG_STATE_HOME',
  process: (pid) => `proceso ${pid}`,
  folder: (path) => `carpeta ${path}`,
  container: (id) => `contenedor ${id}`,
  unreadable: (file) =>
    `No se puede leer una entrada de la lista de lo que plan ha puesto en marcha. Queda guardada en ${file}.`,
  notEnded: (what, why) => `No se pudo terminar: ${what} (${why})`,
  stillRuns: 'sigue en marcha después de SIGKILL',
  notOurs: 'no parece algo de plan',
  otherServer: (variable) => `${variable} apunta ahora a otro servidor`,
  engineAnswered: (status) => `el motor de Docker respondió ${status}`,
};

export const runningTexts = { en, es };
