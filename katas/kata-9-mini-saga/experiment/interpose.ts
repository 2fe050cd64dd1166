import type { OutgoingMessage, Received } from '../../../src/kata/index.js';
import { bindingsOf } from '../contract.js';
import type { Interposed } from '../notes.js';
import type { Shop } from './shop.js';

const relay = 'plan.relay';

/** What is handed on in place of one message. */
type Change = (message: Received) => readonly OutgoingMessage[];

/**
 * While this goes on the lab stands between the exchanges and the queues: it hands on what it hears,
 * changed; or in another order.
 */
export async function interposed(
  shop: Shop,
  how: Interposed['how'],
  during: () => Promise<void>,
): Promise<void> {
  const { lab, observer } = shop;
  const { broker } = lab;
  const bindings = bindingsOf(lab.strategy);
  await broker.declareExchange(relay, 'topic');
  for (const { queue, key } of bindings) await broker.bindQueue(queue, relay, key);
  const first = observer.messages.length;
  for (const { queue, exchange, key } of bindings) await broker.unbindQueue(queue, exchange, key);

  const heard = new Set(bindings.map(({ key }) => key));
  let [next, isOver] = [first, false];
  const heldBack: Received[] = [];
  const send = async (message: Received): Promise<void> => {
    const { key: name, id } = message;
    lab.note('interposed', { how, name, id } satisfies Interposed);
    await broker.publish({ exchange: relay, key: name }, changes[how](message));
  };
  const handOn = async (): Promise<void> => {
    while (next < observer.messages.length) {
      const message = observer.messages[next] as Received;
      next += 1;
      if (!heard.has(message.key)) continue;
      if (how === 'overtaken' && firstSteps.includes(message.key)) heldBack.push(message);
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
  await during();
  await shop.quiet();
  for (const message of heldBack) await send(message);
  await shop.quiet();
  // Both ways are open for a moment: then a message may come twice, as it may anyway.
  for (const { queue, exchange, key } of bindings) await broker.bindQueue(queue, exchange, key);
  await shop.quiet(50);
  isOver = true;
  await pump;
  await handOn();
  // And much later everything comes once more.
  if (how === 'twice')
    for (const message of observer.messages.slice(first))
      if (heard.has(message.key))
        await broker.publish({ exchange: relay, key: message.key }, [same(message)]);
  for (const { queue, key } of bindings) await broker.unbindQueue(queue, relay, key);
}

const same = ({ id, body, correlationId, headers }: Received): OutgoingMessage => ({
  ...{ id, body, headers },
  ...(correlationId !== undefined && { correlationId }),
});

/** What payment begins with. */
const firstSteps: readonly string[] = ['OrderCreated', 'AuthorizePayment'];

const changes: Readonly<Record<Interposed['how'], Change>> = {
  overtaken: (message) => [same(message)],
  twice: (message) => [same(message), same(message)],
  newer: (message) => {
    const { headers, ...rest } = same(message);
    const fields = { version: 2, currency: 'EUR', channel: { name: 'app', build: 4711 } };
    const body = { ...fields, ...(message.body as object), notes: [] };
    return [{ ...rest, body, headers: { ...headers, 'schema-version': 2 } }];
  },
};
