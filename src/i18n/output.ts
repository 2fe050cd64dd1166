/** Apart from all others: `plan next` loads what it prints with. */
const en = {
  closed: 'The terminal was closed. Everything that was started has been stopped.',
  full: (why: string) => `What plan had to say could not be written to stdout: ${why}`,
  fullMend: 'write it somewhere with room: plan … > file',
};

const es: typeof en = {
  closed: 'Se cerró el terminal. Se ha parado todo lo que se había puesto en marcha.',
  full: (why) => `Lo que plan tenía que decir no se pudo escribir en stdout: ${why}`,
  fullMend: 'escríbelo donde haya sitio: plan … > fichero',
};

export const outputTexts = { en, es };
