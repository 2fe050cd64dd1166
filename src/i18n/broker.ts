const en = {
  vhost: (name: string, broker: string) => `vhost ${name} on ${broker}`,
  // starting
  startFailed: (log: string) => `RabbitMQ does not start. It says:\n${log}`,
  startFailedMend: 'plan doctor; or another way with --services url|docker|local|embedded',
  died: (log: string) => `RabbitMQ ended unexpectedly. The end of its log:\n${log}`,
  diedMend: 'run it again; plan doctor says what is here',
  refused: (command: string, said: string) => `RabbitMQ refused ${command}: ${said}`,
  untried: (version: string, tried: string) =>
    `RabbitMQ ${version} is newer than those that the katas were tried on (${tried}): what differs there may differ in the verdicts.`,
  // AMQP_URL
  noUrl: 'AMQP_URL is not set.',
  notAmqpUrl: 'it is not an amqp:// URL',
  urlFailed: (why: string) => `The broker that AMQP_URL names cannot be used: ${why}`,
  urlMend: 'export AMQP_URL=amqp://user:password@host:5672',
  noManagement: (api: string, why: string) =>
    `Every case gets a vhost of its own, which only RabbitMQ's management API can make; ${api} does not: ${why}`,
  noManagementMend:
    'rabbitmq-plugins enable rabbitmq_management on that broker; or export RABBITMQ_MANAGEMENT_URL=http://user:password@host:15672',
  managementRefused: (api: string) =>
    `The management API at ${api} does not let the user of AMQP_URL make vhosts.`,
  managementRefusedMend:
    'rabbitmqctl set_user_tags <user> administrator; or export RABBITMQ_MANAGEMENT_URL=http://administrator:password@host:15672',
  notOurs: (variable: string) =>
    `The broker that ${variable} names is not ours, so plan neither kills nor stops it.`,
  notOursMend: 'the same command with --services local|docker|embedded',
  // Debian's packages
  noEmbedded:
    'RabbitMQ is fetched only on Debian, Ubuntu and what is made of them; this is another system.',
  andErlang: (version: string) => `RabbitMQ ${version} and its Erlang`,
  notFetchedMend:
    'once, with a connection: plan services up rabbitmq; or sudo apt-get install rabbitmq-server; or set AMQP_URL',
  // the ways
  none: 'No RabbitMQ was found: no AMQP_URL, no Docker, no rabbitmq-server on this machine.',
  noneMend: 'sudo apt-get install rabbitmq-server; or set AMQP_URL; plan doctor says more',
  noneMendMac: 'brew install rabbitmq; or set AMQP_URL; plan doctor says more',
  noLocal: 'No RabbitMQ from version 3.10 on is installed on this machine.',
  noLocalMend: 'sudo apt-get install rabbitmq-server, or plan … --services embedded',
  noLocalMendMac: 'brew install rabbitmq',
  noErlang: (plugins: string) => `RabbitMQ is at ${plugins}, but no erl to run it is on the PATH.`,
};

const es: typeof en = {
  vhost: (name, broker) => `vhost ${name} en ${broker}`,
  startFailed: (log) => `RabbitMQ no arranca. Dice:\n${log}`,
  startFailedMend: 'plan doctor; u otra vía con --services url|docker|local|embedded',
  died: (log) => `RabbitMQ terminó de forma inesperada. El final de su log:\n${log}`,
  diedMend: 'repítelo; plan doctor dice qué hay aquí',
  refused: (command, said) => `RabbitMQ rechazó ${command}: ${said}`,
  untried: (version, tried) =>
    `RabbitMQ ${version} es más nuevo que las versiones en las que se probaron las katas (${tried}): lo que allí sea distinto puede cambiar los veredictos.`,
  noUrl: 'AMQP_URL no está definida.',
  notAmqpUrl: 'no es una URL amqp://',
  urlFailed: (why) => `No se puede usar el broker que indica AMQP_URL: ${why}`,
  urlMend: 'export AMQP_URL=amqp://usuario:contraseña@host:5672',
  noManagement: (api, why) =>
    `Cada caso recibe un vhost propio, y solo la API de administración de RabbitMQ puede crearlo; ${api} no lo hace: ${why}`,
  noManagementMend:
    'rabbitmq-plugins enable rabbitmq_management en ese broker; o export RABBITMQ_MANAGEMENT_URL=http://usuario:contraseña@host:15672',
  managementRefused: (api) =>
    `La API de administración en ${api} no deja que el usuario de AMQP_URL cree vhosts.`,
  managementRefusedMend:
    'rabbitmqctl set_user_tags <usuario> administrator; o export RABBITMQ_MANAGEMENT_URL=http://administrador:contraseña@host:15672',
  notOurs: (variable) =>
    `El broker que indica ${variable} no es nuestro, así que plan no lo mata ni lo para.`,
  notOursMend: 'la misma orden con --services local|docker|embedded',
  noEmbedded: 'RabbitMQ solo se descarga en Debian, Ubuntu y sus derivadas; este es otro sistema.',
  andErlang: (version) => `RabbitMQ ${version} y su Erlang`,
  notFetchedMend:
    'una vez, con conexión: plan services up rabbitmq; o sudo apt-get install rabbitmq-server; o define AMQP_URL',
  none: 'No se encontró ningún RabbitMQ: ni AMQP_URL, ni Docker, ni rabbitmq-server en esta máquina.',
  noneMend: 'sudo apt-get install rabbitmq-server; o define AMQP_URL; plan doctor dice más',
  noneMendMac: 'brew install rabbitmq; o define AMQP_URL; plan doctor dice más',
  noLocal: 'En esta máquina no hay instalado ningún RabbitMQ a partir de la versión 3.10.',
  noLocalMend: 'sudo apt-get install rabbitmq-server, o plan … --services embedded',
  noLocalMendMac: 'brew install rabbitmq',
  noErlang: (plugins) =>
    `RabbitMQ está en ${plugins}, pero en el PATH no hay ningún erl para ejecutarlo.`,
};

export const brokerTexts = { en, es };
