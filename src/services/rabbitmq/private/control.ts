import { connect } from 'node:net';
import { errorCode, exitCodes, PlanError } from '../../../base/errors.js';
import { brokerTexts } from '../../../i18n/broker.js';
import { texts } from '../../../i18n/text.js';
import type { RabbitMqAdmin } from '../types.js';

/** Where a broker of ours listens to control-program.ts. */
export interface ControlDoor {
  readonly host: string;
  readonly port: number;
  /** Only who knows it is listened to. */
  readonly token: string;
}

/** A node that is busy with something big may take its time. Milliseconds. */
const patience = 30_000;

export function adminThrough(door: ControlDoor): RabbitMqAdmin {
  return {
    async addVhost(name) {
      const said = await ask(door, 'add', name);
      if (said !== 'ok') throw refused('add_vhost', name, said);
    },
    async addUser(vhost, { name, password }) {
      const said = await ask(door, 'user', [vhost, name, password].join('|'));
      if (said !== 'ok') throw refused('add_user', name, said);
      return true;
    },
    async deleteVhost(name) {
      const said = await ask(door, 'delete', name);
      if (said !== 'ok' && !said.includes('no_such_vhost'))
        throw refused('delete_vhost', name, said);
    },
    async cutConnections(vhost) {
      const said = await ask(door, 'cut', vhost);
      const count = /^\{ok,(\d+)\}$/.exec(said)?.[1];
      if (count === undefined) throw refused('close_all_connections', vhost, said);
      return Number(count);
    },
  };
}

/** True once the broker has booted: the door opens at the very end. */
export async function doorIsOpen(door: ControlDoor): Promise<boolean> {
  try {
    return (await ask(door, 'ping', '-')) === 'pong';
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}

/**
 * Has it written to disk which queues there are. RabbitMQ may do so a second or two after one was
 * declared; killed before, it has forgotten a classic queue, and of a quorum queue it finds the name
 * again and never a leader. No experiment is about that. A broker that does not answer is not waited for.
 */
export async function writeRegistries(door: ControlDoor): Promise<void> {
  await ask(door, 'sync', '-', 1_000).catch(() => undefined);
}

/** One command on a connection of its own. @returns the Erlang term that came back, on one line */
function ask(
  { host, port, token }: ControlDoor,
  command: string,
  argument: string,
  withinMs = patience,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    let answer = '';
    socket.setEncoding('utf8');
    socket.setTimeout(withinMs, () => socket.destroy(timeout(command)));
    socket.once('connect', () => socket.write(`${token} ${command} ${argument}\n`));
    socket.on('data', (text: string) => (answer += text));
    socket.once('error', reject);
    socket.once('close', () => {
      if (answer.endsWith('\n')) resolve(answer.trim());
      else reject(Object.assign(new Error(`${command}: no answer`), { code: 'ECONNRESET' }));
    });
  });
}

function timeout(command: string): Error {
  return Object.assign(new Error(`${command}: no answer`), { code: 'ETIMEDOUT' });
}

function refused(command: string, vhost: string, said: string): PlanError {
  return new PlanError({
    code: 'broker-refused',
    exit: exitCodes.environment,
    what: texts(brokerTexts).refused(`${command} ${vhost}`, said),
  });
}
