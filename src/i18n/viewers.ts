interface Had {
  readonly variable: string;
  readonly image: { readonly usual: string };
  readonly programs: readonly string[];
  readonly brew: string;
}

const en = {
  none: (title: string, variable: string) =>
    `No ${title} was found: no ${variable}, no Docker, no program of it on this machine.`,
  mend: (title: string, { variable, image, programs, brew }: Had) =>
    process.platform === 'darwin'
      ? `brew install ${brew}; or export ${variable}=http://127.0.0.1:port`
      : `docker pull ${image.usual} where there is a Docker engine; or put ${title}'s program ${programs[0] ?? ''} on the PATH; or export ${variable}=http://127.0.0.1:port`,
  noUrl: 'it is not an http:// or https:// URL',
  urlFailed: (variable: string, why: string) =>
    `The server that ${variable} names cannot be used: ${why}`,
  noLocal: (title: string) => `No program of ${title} is on this machine's PATH.`,
  startFailed: (title: string, log: string) => `${title} does not start. It says:\n${log}`,
  died: (title: string, log: string) => `${title} ended unexpectedly. The end of its log:\n${log}`,
  local: (title: string) => `local ${title}`,
  notInstalled: 'it is not installed',
  noWay: 'no way to it works here; only plan observe looks with it',
};

const es: typeof en = {
  none: (title, variable) =>
    `No se encontró ningún ${title}: ni ${variable}, ni Docker, ni su programa en esta máquina.`,
  mend: (title, { variable, image, programs, brew }) =>
    process.platform === 'darwin'
      ? `brew install ${brew}; o export ${variable}=http://127.0.0.1:puerto`
      : `docker pull ${image.usual} donde haya un motor de Docker; o pon el programa ${programs[0] ?? ''} de ${title} en el PATH; o export ${variable}=http://127.0.0.1:puerto`,
  noUrl: 'no es una URL http:// ni https://',
  urlFailed: (variable, why) => `No se puede usar el servidor que indica ${variable}: ${why}`,
  noLocal: (title) => `No hay ningún programa de ${title} en el PATH de esta máquina.`,
  startFailed: (title, log) => `${title} no arranca. Dice:\n${log}`,
  died: (title, log) => `${title} terminó de forma inesperada. El final de su log:\n${log}`,
  local: (title) => `${title} local`,
  notInstalled: 'no está instalado',
  noWay: 'aquí no funciona ninguna vía; solo plan observe mira con él',
};

export const viewersTexts = { en, es };
