import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { useRealServices } from '../../../test/support/real-services.js';
import { describeWith } from '../../../test/support/requires.js';
import { exitCodes } from '../../base/errors.js';
import { lifeOf, type ProcessIdentity } from '../../register/identity.js';
import { registerFolder } from '../../register/register.js';
import { connectBroker } from './connection.js';
import { serviceHome } from '../private/home.js';
import { brokerUser } from './user.js';
import { startServices } from '../start.js';
import type { RunningRabbitMq } from './types.js';
import { freshVhost } from './fresh.js';

/**
 * How nodes of the RabbitMQ of this machine start and end. Each takes seconds, so they are few; what is
 * asked of one that is there is in client/broker.test.ts.
 */
const { options, started } = useRealServices<RunningRabbitMq>('rabbitmq', () =>
  path.join(
    serviceHome('rabbitmq', brokerUser(), () => undefined),
    'instances',
  ),
);

async function local(): Promise<RunningRabbitMq> {
  const { rabbitmq } = await startServices(['rabbitmq'], { ...options, force: 'local', env: {} });
  if (rabbitmq === undefined) throw new Error('no broker');
  started.push(rabbitmq);
  return rabbitmq;
}

function processOf({ handle }: RunningRabbitMq): ProcessIdentity {
  if (handle?.kind !== 'process') throw new Error('not a process');
  return handle.process;
}

async function publish(url: string, ...texts: string[]): Promise<void> {
  const connection = await connectBroker(url);
  const channel = await connection.createConfirmChannel();
  await channel.assertQueue('jobs', {
    durable: true,
    // Their registry is the last to reach the disk.
    arguments: { 'x-queue-type': 'quorum' },
  });
  for (const text of texts) channel.sendToQueue('jobs', Buffer.from(text), { persistent: true });
  await channel.waitForConfirms();
  await connection.close();
}

async function waiting(url: string): Promise<number> {
  const connection = await connectBroker(url);
  const channel = await connection.createChannel();
  const { messageCount } = await channel.checkQueue('jobs');
  await connection.close();
  return messageCount;
}

describeWith('rabbitmq', 'a private node', () => {
  it('keeps vhosts apart, and what it has confirmed through kill and stop', async () => {
    const broker = await local();
    expect(broker.record).toMatchObject({ name: 'rabbitmq', provider: 'local', kept: false });
    expect(broker.record.url).toContain('amqp://plan:***@127.0.0.1:');
    const [one, other] = [await freshVhost(broker, 'one'), await freshVhost(broker, 'other')];
    expect(one.name).toMatch(/^plan_one_[0-9a-f]{12}$/);
    await publish(one.url, 'a', 'b');
    await publish(other.url, 'c');

    const [cut, spared] = [await connectBroker(one.url), await connectBroker(other.url)];
    const closed = new Promise((resolve) => cut.once('close', resolve));
    expect(await broker.admin.cutConnections(one.name)).toBe(1);
    expect(await closed).toMatchObject({ code: 320 });
    await spared.close();

    const first = processOf(broker);
    await broker.control.kill();
    expect(lifeOf(first)).toBe('gone');
    // Reset, where it knocked in the moment in which the port was closed.
    const refused = expect.stringMatching(/^ECONN(REFUSED|RESET)$/) as string;
    await expect(waiting(one.url)).rejects.toMatchObject({ code: refused });
    await broker.control.start();
    expect(await waiting(one.url)).toBe(2);
    await broker.control.stop();
    await broker.control.start();
    expect(await waiting(one.url)).toBe(2);
    expect(await Promise.race([broker.died, Promise.resolve('alive')])).toBe('alive');

    await one.drop();
    await one.drop();
    await expect(waiting(one.url)).rejects.toThrow('ConnectionClose');
    expect(await waiting(other.url)).toBe(1);
    const wrong = new URL(broker.url);
    wrong.password = 'guess';
    await expect(connectBroker(wrong.href)).rejects.toThrow(/ACCESS.REFUSED/);
  }, 180_000);

  it('tells of its death, with the end of its log', async () => {
    const broker = await local();
    const fresh = await freshVhost(broker, 'x');
    process.kill(processOf(broker).pid, 'SIGKILL');
    const error = await broker.died;
    expect(error).toMatchObject({ code: 'rabbitmq-died', exit: exitCodes.environment });
    // What it logged in its last moment may not have been written any more.
    expect(error.message).toContain('[info]');
    await fresh.drop();
  }, 120_000);

  it('is not started, or is ended, where the signal aborts', async () => {
    const reason = new Error('Ctrl-C');
    for (const wait of [0, 20, 300, 900]) {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(reason), wait);
      const outcome = await startServices(['rabbitmq'], {
        ...options,
        force: 'local',
        env: {},
        signal: controller.signal,
      }).catch((error: unknown) => error);
      clearTimeout(timer);
      expect(outcome).toBe(reason);
      expect(readdirSync(registerFolder())).toEqual([]);
    }
  }, 60_000);
});
