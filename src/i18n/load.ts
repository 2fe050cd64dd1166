const en = {
  tooFewFiles: (code: string) =>
    `This shell allows too few open files for so many connections (${code}).`,
  raiseFiles: 'ulimit -n 65536   (then run it again)',
  tooFewPorts: (code: string) => `This machine has no free ports left for connections (${code}).`,
  waitForPorts: 'wait a minute until closed connections are forgotten, then run it again',
  fewerConnections: (wanted: number, got: number, code?: string) =>
    `${wanted} connections were wanted and this machine allows ${got}${code === undefined ? '' : ` (${code})`}: the load goes on with these.`,
};

const es: typeof en = {
  tooFewFiles: (code) =>
    `Este shell permite muy pocos ficheros abiertos para tantas conexiones (${code}).`,
  raiseFiles: 'ulimit -n 65536   (y repite la orden)',
  tooFewPorts: (code) => `A esta máquina no le quedan puertos libres para conexiones (${code}).`,
  waitForPorts: 'espera un minuto a que se olviden las conexiones cerradas y repite la orden',
  fewerConnections: (wanted, got, code) =>
    `Se pidieron ${wanted} conexiones y esta máquina permite ${got}${code === undefined ? '' : ` (${code})`}: la carga sigue con estas.`,
};

export const loadTexts = { en, es };
