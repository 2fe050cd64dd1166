import { randomBytes } from 'node:crypto';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Instance } from '../../private/instance.js';
import type { ServiceUser } from '../../private/user.js';
import { mostMessageBytes } from '../types.js';
import { administrator, controlProgram } from './control-program.js';
import { linkPlugins } from './plugins.js';
import type { BrokerRuntime } from './runtime.js';
import { controlFile, nodeSpec, writeSpec, type NodeSpec, type Ports } from './spec.js';

/**
 * Fills the folder for a first start on these ports. A classic configuration in Erlang's own terms:
 * the newer form costs RabbitMQ half a second to translate. Everything that bears on the figures
 * stays as RabbitMQ ships it.
 */
export async function prepareInstance(
  { folder }: Instance,
  { runtime, user, ports }: { runtime: BrokerRuntime; user: ServiceUser | undefined; ports: Ports },
): Promise<NodeSpec> {
  const password = randomBytes(18).toString('hex');
  const token = randomBytes(18).toString('hex');
  const at = (name: string): string => path.join(folder, name);
  await linkPlugins(runtime.plugins, at('plugins'));
  const files = {
    'rabbitmq.config': configuration(ports, password),
    enabled_plugins: '[].\n',
    [controlFile]: controlProgram,
    [path.join('home', '.erlang.cookie')]: randomBytes(20).toString('hex'),
  };
  for (const name of ['home', 'data', 'log']) await mkdir(at(name), { mode: 0o700 });
  for (const [name, text] of Object.entries(files))
    await writeFile(at(name), text, { mode: 0o400 });
  if (user !== undefined) {
    for (const name of ['home', 'data', 'log', ...Object.keys(files)])
      await chown(at(name), user.uid, user.gid);
  }
  const spec = nodeSpec({ runtime, folder, user, ports, password, token });
  await writeSpec(folder, spec);
  return spec;
}

/** Forgets everything of a start that failed. */
export async function emptyInstance({ folder }: Instance): Promise<void> {
  const names = [
    'home',
    'data',
    'log',
    'plugins',
    'rabbitmq.config',
    'enabled_plugins',
    controlFile,
  ];
  for (const name of [...names, 'server.log'])
    await rm(path.join(folder, name), { recursive: true, force: true });
}

function configuration({ amqp }: Ports, password: string): string {
  return `[{rabbit, [
  {tcp_listeners, [{"127.0.0.1", ${amqp}}]},
  {default_user, <<"${administrator}">>},
  {default_pass, <<"${password}">>},
  {max_message_size, ${mostMessageBytes}}
]}].
`;
}
