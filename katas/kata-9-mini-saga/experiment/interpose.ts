import { grouped, type OutgoingMessage, type Received } from '../../../src/kata/index.js';
import { bindingsOf, tellsOf } from '../contract.js';
import type { Interposed } from '../notes.js';
import type { Shop } from './shop.js';

const relay = 'plan.relay';

/** What is handed on in place of one message. */
type Change = (message: Received) => readonly OutgoingMessage[];

/** Messages that the lab keeps until somebody lets them go. */
export interface HeldBack {
  /** From now on, of this order. */
  hold(order: string, names: readonly string[]): void;
  letGo(order: string, names: readonly string[]): Promise<void>;
}

/**
 * While this goes on the lab stands between the exchanges and the queues: it hands on what it hears,
 * changed; or in another order.
 * @returns what was heard
 */
export async function interposed(
  shop: Shop,
  how: Interposed['how'],
  during: (heldBack: HeldBack) => Promise<void>,
): Promise<readonly Received[]> {
  const { lab, observer } = shop;
  const { broker } = lab;
  const bindings = bindingsOf(lab.strategy);
  await bindRelay(shop);
  const first = observer.messages.length;
  await Promise.all(
    bindings.map(({ queue, exchange, key }) => broker.unbindQueue(queue, exchange, key)),
  );

  const heard = new Set(bindings.map(({ key }) => key));
  let [next, isOver] = [first, false];
  const held = new Set<string>();
  const heldBack: Received[] = [];
  const send = async (message: Received): Promise<void> => {
    const { key: name, id } = message;
    const { order } = tellsOf(message.body);
    lab.note('interposed', { how, name, id, ...(order && { order }) } satisfies Interposed);
    await broker.publish({ exchange: relay, key: name }, changes[how](message));
  };
  const handOn = async (): Promise<void> => {
    while (next < observer.messages.length) {
      const message = observer.messages[next] as Received;
      next += 1;
      if (!heard.has(message.key)) continue;
      if (held.has(nameOf(message))) heldBack.push(message);
      else await send(message);
    }
  };
  const pump = (async () => {
    while (!isOver) {
      await handOn();
      await lab.until(
        'a message to hand on',
        () => isOver || next < observer.messages.length,
        60_000,
      );
    }
  })();
  await during({
    hold: (order, names) => names.forEach((name) => held.add(`${order} ${name}`)),
    async letGo(order, names) {
      names.forEach((name) => held.delete(`${order} ${name}`));
      for (const message of heldBack.splice(0))
        if (held.has(nameOf(message))) heldBack.push(message);
        else await send(message);
    },
  });
  await shop.quiet();
  held.clear();
  for (const message of heldBack) await send(message);
  await shop.quiet();
  // Both ways are open for a moment: then a message may come twice, as it may anyway.
  await Promise.all(
    bindings.map(({ queue, exchange, key }) => broker.bindQueue(queue, exchange, key)),
  );
  await shop.quiet(50);
  isOver = true;
  await pump;
  await handOn();
  await unbindRelay(shop);
  return observer.messages.slice(first).filter(({ key }) => heard.has(key));
}

const nameOf = ({ key, body }: Received): string => `${tellsOf(body).order ?? ''} ${key}`;

/** All of these once more, to whoever hears them. */
export async function comeAgain(shop: Shop, messages: readonly Received[]): Promise<void> {
  await bindRelay(shop);
  for (const [key, all] of grouped(messages, (message) => message.key))
    await shop.lab.broker.publish({ exchange: relay, key }, all.map(same));
  await unbindRelay(shop);
}

async function bindRelay({ lab: { broker, strategy } }: Shop): Promise<void> {
  await broker.declareExchange(relay, 'topic');
  await Promise.all(
    bindingsOf(strategy).map(({ queue, key }) => broker.bindQueue(queue, relay, key)),
  );
}

async function unbindRelay({ lab: { broker, strategy } }: Shop): Promise<void> {
  await Promise.all(
    bindingsOf(strategy).map(({ queue, key }) => broker.unbindQueue(queue, relay, key)),
  );
}

const same = ({ id, body, correlationId, headers }: Received): OutgoingMessage => ({
  ...{ id, body, headers },
  ...(correlationId !== undefined && { correlationId }),
});

/** Some have names that tables know: whoever copies what comes writes what nobody meant. */
const ofNewerVersion = {
  ...{ version: 2, currency: 'EUR', channel: { name: 'app', build: 4711 } },
  ...{ id: 4711, order_id: 'o-of-a-newer-version', status: 'CANCELLED', state: 'ENDED' },
  ...{ created_at: '2001-01-01T00:00:00Z' },
};

const changes: Readonly<Record<Interposed['how'], Change>> = {
  overtaken: (message) => [same(message)],
  twice: (message) => [same(message), same(message)],
  newer: (message) => {
    const { headers, ...rest } = same(message);
    const body = { ...ofNewerVersion, ...(message.body as object), notes: [] };
    return [{ ...rest, body, headers: { ...headers, 'schema-version': 2 } }];
  },
};
