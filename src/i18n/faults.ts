const en = {
  needsPlain: (asked: string) =>
    `This experiment puts a proxy before the server, and the URL asks for TLS (${asked}), through which a proxy sees nothing.`,
  needsPlainMend:
    'give DATABASE_URL with sslmode=disable, or run it with --services embedded|local|docker',
  freezeLost: (why: string) =>
    `The lab lost its own connection to the database while it held a program there: ${why}`,
  freezeLostMend: 'run it again; plan doctor says what is here',
};

const es: typeof en = {
  needsPlain: (asked) =>
    `Este experimento pone un proxy delante del servidor, y la URL pide TLS (${asked}): a través de TLS un proxy no ve nada.`,
  needsPlainMend: 'indica DATABASE_URL con sslmode=disable, o usa --services embedded|local|docker',
  freezeLost: (why) =>
    `El laboratorio perdió su propia conexión con la base de datos mientras retenía allí un programa: ${why}`,
  freezeLostMend: 'repítelo; plan doctor dice qué hay aquí',
};

export const faultsTexts = { en, es };
