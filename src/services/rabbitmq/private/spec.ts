import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ServerSpec } from '../../private/launch.js';
import type { ServiceUser } from '../../private/user.js';
import type { ControlDoor } from './control.js';
import { administrator, evaluatedFromFile, programVariable } from './control-program.js';
import type { BrokerRuntime } from './runtime.js';

/** All that it takes to start a node, again too: ports, data and passwords stay the same. */
export interface NodeSpec extends ServerSpec {
  /** The administrator's, with the password. */
  readonly url: string;
  readonly control: ControlDoor;
}

export interface Ports {
  readonly amqp: number;
  /** Of Erlang's distribution, which RabbitMQ does not start without; nobody else uses it. */
  readonly distribution: number;
  readonly control: number;
}

interface Making {
  readonly runtime: BrokerRuntime;
  readonly folder: string;
  readonly user: ServiceUser | undefined;
  readonly ports: Ports;
  readonly password: string;
  readonly token: string;
}

const node = 'plan@localhost';

/** In the instance's folder. */
export const controlFile = 'control.erl';

/**
 * Started as `erl` itself: the scripts around it start a second Erlang to look for `epmd`, read the
 * system's own settings, and stay as a shell in between.
 */
export function nodeSpec({ runtime, folder, user, ports, password, token }: Making): NodeSpec {
  const control = { host: '127.0.0.1', port: ports.control, token };
  return {
    program: runtime.erl,
    parameters: parameters(ports),
    environment: { ...runtime.environment, ...environment(folder, control) },
    user: user === undefined ? null : { uid: user.uid, gid: user.gid },
    log: path.join(folder, 'server.log'),
    url: `amqp://${administrator}:${password}@127.0.0.1:${ports.amqp}`,
    control,
  };
}

/** Closed to other users: it holds the passwords. */
export function writeSpec(folder: string, spec: NodeSpec): Promise<void> {
  return writeFile(specFile(folder), JSON.stringify(spec, null, 2), { mode: 0o600 });
}

export async function readSpec(folder: string): Promise<NodeSpec> {
  return JSON.parse(await readFile(specFile(folder), 'utf8')) as NodeSpec;
}

function specFile(folder: string): string {
  return path.join(folder, 'node.json');
}

/** What the scripts of RabbitMQ 3.10 to 4 give it, and no `epmd`: nobody has to find this node. */
function parameters({ distribution }: Ports): string[] {
  return [
    ['-noinput', '-s', 'rabbit', 'boot', '-boot', 'start_sasl'],
    ['-sname', node, '-start_epmd', 'false', '-erl_epmd_port', String(distribution)],
    ['-kernel', 'inet_dist_use_interface', '{127,0,0,1}'],
    ['-kernel', 'prevent_overlapping_partitions', 'false'],
    ['-syslog', 'logger', '[]', '-syslog', 'syslog_error_logger', 'false'],
    ['+W', 'w', '+B', 'i', '+P', '1048576', '+t', '5000000', '+zdbbl', '128000'],
    ['+MBas', 'ageffcbf', '+MHas', 'ageffcbf', '+MBlmbcs', '512', '+MHlmbcs', '512'],
    ['+MMmcs', '30', '+stbt', 'db', '+sbwt', 'none', '+sbwtdcpu', 'none', '+sbwtdio', 'none'],
    // Evaluated after `-s rabbit boot` has come to its end.
    ['-eval', evaluatedFromFile],
  ].flat();
}

function environment(folder: string, { host, port, token }: ControlDoor): Record<string, string> {
  const at = (name: string): string => path.join(folder, name);
  return {
    // The cookie is in there, so that it does not stand in a list of processes.
    HOME: at('home'),
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    ERL_LIBS: at('plugins'),
    // RabbitMQ looks once a minute whether `epmd` runs, and would have an Erlang start one for all
    // addresses that outlives it.
    ERL_ZFLAGS: '-start_epmd false',
    ERL_CRASH_DUMP_SECONDS: '0',
    RABBITMQ_NODENAME: node,
    RABBITMQ_PLUGINS_DIR: at('plugins'),
    RABBITMQ_MNESIA_BASE: at('data'),
    RABBITMQ_LOG_BASE: at('log'),
    // To standard output.
    RABBITMQ_LOGS: '-',
    RABBITMQ_CONFIG_FILE: at('rabbitmq.config'),
    RABBITMQ_ADVANCED_CONFIG_FILE: at('none.config'),
    RABBITMQ_GENERATED_CONFIG_DIR: at('log'),
    RABBITMQ_SCHEMA_DIR: at('log'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_ENABLED_PLUGINS_FILE: at('enabled_plugins'),
    [programVariable]: at(controlFile),
    PLAN_CONTROL_ADDRESS: host,
    PLAN_CONTROL_PORT: String(port),
    PLAN_CONTROL_TOKEN: token,
    PLAN_SERVICE: 'rabbitmq',
  };
}
