const configurationLines = (folder: string): string =>
  [
    `  rule_files: ["${folder}/*.rules.yml"]`,
    '  scrape_configs:',
    '    - job_name: plan',
    `      file_sd_configs: [{ files: ["${folder}/*.json"] }]`,
  ].join('\n');

const en = {
  // starting
  startFailed: (log: string) => `Prometheus does not start. It says:\n${log}`,
  startFailedMend: 'plan doctor; or another way with --services url|docker|local|embedded',
  died: (log: string) => `Prometheus ended unexpectedly. The end of its log:\n${log}`,
  diedMend: 'run it again; plan doctor says what is here',
  // PROMETHEUS_URL
  noUrl: 'PROMETHEUS_URL is not set.',
  notUrl: 'it is not an http:// or https:// URL',
  tooOld: (version: string, oldest: string) =>
    `it is Prometheus ${version}, and it must be ${oldest} or newer`,
  noFolder: (folder: string) =>
    `PROMETHEUS_FOLDER has to name a folder that both plan can write and that Prometheus reads, with this in its configuration:\n${configurationLines(folder)}`,
  noReload: (why: string) =>
    `it does not read its configuration again when it is asked to (start it with --web.enable-lifecycle): ${why}`,
  urlFailed: (why: string) => `The server that PROMETHEUS_URL names cannot be used: ${why}`,
  urlMend:
    'export PROMETHEUS_URL=http://127.0.0.1:9090 PROMETHEUS_FOLDER=/folder; or --services docker|local|embedded',
  // what a case has there
  badRules: (why: string) => `Prometheus does not take the rules of the kata: ${why}`,
  // Debian's package
  noEmbedded:
    'Prometheus is fetched only on Debian, Ubuntu and what is made of them; this is another system.',
  whole: (version: string) => `Prometheus ${version}`,
  notFetchedMend:
    'once, with a connection: plan services up prometheus; or sudo apt-get install prometheus; or set PROMETHEUS_URL',
  // the ways
  none: 'No Prometheus was found: no PROMETHEUS_URL, no Docker, no program prometheus on this machine.',
  noneMend: 'sudo apt-get install prometheus; or set PROMETHEUS_URL; plan doctor says more',
  noneMendMac: 'brew install prometheus; or set PROMETHEUS_URL; plan doctor says more',
  noLocal: (oldest: string) => `No Prometheus from version ${oldest} on is installed here.`,
  onlyOlder: (version: string, program: string, oldest: string) =>
    `${program} is version ${version}; plan needs ${oldest} or newer.`,
  noLocalMend: 'sudo apt-get install prometheus, or plan … --services embedded',
  noLocalMendMac: 'brew install prometheus',
  // plan doctor, and the register
  noWay: 'no way to a Prometheus works here; only what looks at metrics needs one',
  local: 'local Prometheus',
  noLocalProgram: 'it is not installed',
  embedded: 'embedded Prometheus',
  place: (name: string, server: string) =>
    `targets and rules ${name} of the Prometheus on ${server}`,
};

const es: typeof en = {
  startFailed: (log) => `Prometheus no arranca. Dice:\n${log}`,
  startFailedMend: 'plan doctor; u otra vía con --services url|docker|local|embedded',
  died: (log) => `Prometheus terminó de forma inesperada. El final de su log:\n${log}`,
  diedMend: 'repítelo; plan doctor dice qué hay aquí',
  noUrl: 'PROMETHEUS_URL no está definida.',
  notUrl: 'no es una URL http:// ni https://',
  tooOld: (version, oldest) => `es Prometheus ${version}, y tiene que ser ${oldest} o más nuevo`,
  noFolder: (folder) =>
    `PROMETHEUS_FOLDER tiene que nombrar una carpeta en la que plan pueda escribir y que Prometheus lea, con esto en su configuración:\n${configurationLines(folder)}`,
  noReload: (why) =>
    `no relee su configuración cuando se le pide (arráncalo con --web.enable-lifecycle): ${why}`,
  urlFailed: (why) => `No se puede usar el servidor que indica PROMETHEUS_URL: ${why}`,
  urlMend:
    'export PROMETHEUS_URL=http://127.0.0.1:9090 PROMETHEUS_FOLDER=/carpeta; o --services docker|local|embedded',
  badRules: (why) => `Prometheus no acepta las reglas de la kata: ${why}`,
  noEmbedded:
    'Prometheus solo se descarga en Debian, Ubuntu y sus derivadas; este es otro sistema.',
  whole: (version) => `Prometheus ${version}`,
  notFetchedMend:
    'una vez, con conexión: plan services up prometheus; o sudo apt-get install prometheus; o define PROMETHEUS_URL',
  none: 'No se encontró ningún Prometheus: ni PROMETHEUS_URL, ni Docker, ni el programa prometheus en esta máquina.',
  noneMend: 'sudo apt-get install prometheus; o define PROMETHEUS_URL; plan doctor dice más',
  noneMendMac: 'brew install prometheus; o define PROMETHEUS_URL; plan doctor dice más',
  noLocal: (oldest) => `Aquí no hay instalado ningún Prometheus a partir de la versión ${oldest}.`,
  onlyOlder: (version, program, oldest) =>
    `${program} es la versión ${version}; plan necesita la ${oldest} o una más nueva.`,
  noLocalMend: 'sudo apt-get install prometheus, o plan … --services embedded',
  noLocalMendMac: 'brew install prometheus',
  noWay: 'aquí no funciona ninguna vía hacia un Prometheus; solo lo necesita lo que mira métricas',
  local: 'Prometheus local',
  noLocalProgram: 'no está instalado',
  embedded: 'Prometheus incluido (embedded)',
  place: (name, server) => `objetivos y reglas ${name} del Prometheus en ${server}`,
};

export const prometheusTexts = { en, es };
