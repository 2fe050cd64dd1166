import { randomBytes } from 'node:crypto';
import { brokerTexts } from '../../i18n/broker.js';
import { texts } from '../../i18n/text.js';
import type { Broker } from '../../kata/broker.js';
import type { SharedLoginNote } from '../../kata/roles.js';
import type { Capability } from '../capability.js';
import { adminOfKept } from './admin.js';
import { openBroker } from './client/broker.js';
import { rabbitWorkQueue } from './client/work-queue.js';
import { refusesUs } from './connection.js';
import { freshVhost } from './fresh.js';
import { managementOf } from './management.js';
import type { RunningRabbitMq } from './types.js';
import { rabbitmqWays } from './ways.js';

export const rabbitmq: Capability<RunningRabbitMq, Broker> = {
  ...rabbitmqWays,
  useKept: async (kept, options) => (await import('./kept.js')).useKeptBroker(kept, options),
  async place(server, { label, recorder, signal }) {
    const { admin, control } = server;
    const vhost = await freshVhost(server, label);
    const cutConnections = (): Promise<number> => admin.cutConnections(vhost.name);
    const hands = openBroker({ url: vhost.url, control, cutConnections, recorder, signal });
    const end = async (): Promise<void> => {
      await hands.close();
      // The next case needs it, where this one has left it lying.
      if (control.possible && !signal.aborted) await control.start();
      await vhost.drop();
    };
    const workQueue = { kind: 'rabbitmq', open: () => rabbitWorkQueue(hands) } as const;
    const login = async (role: string): Promise<string | undefined> => {
      const user = {
        name: `${vhost.name}.${role}`,
        password: randomBytes(18).toString('base64url'),
      };
      if (!(await admin.addUser(vhost.name, user))) {
        recorder.note('shared-login', { service: 'rabbitmq', role } satisfies SharedLoginNote);
        return undefined;
      }
      const own = new URL(vhost.url);
      Object.assign(own, { username: user.name, password: user.password });
      return own.href;
    };
    return { url: vhost.url, hands, workQueue, login, end };
  },
  async endLeftover({ url, name, kept }) {
    const admin =
      kept === undefined ? managementOf(url, process.env) : await adminOfKept(kept.handle);
    await admin.deleteVhost(name);
  },
  describe: ({ name, server }) => texts(brokerTexts).vhost(name, server),
  refusesUs,
  examine: async (env, found) => (await import('./doctor.js')).examineRabbit(env, found),
};
