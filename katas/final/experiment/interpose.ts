import type { OutgoingMessage, Received } from '../../../src/kata/index.js';
import { bindings } from '../contract.js';
import type { Interposed } from '../notes.js';
import type { Shop } from './shop.js';

const relay = 'plan.relay';
const heard = new Set(bindings.map(({ key }) => key));

/**
 * While this goes on every message comes twice; or only once, with fields that only a newer version
 * knows: some have the names of columns.
 */
export async function again(
  shop: Shop,
  how: Interposed['how'],
  during: () => Promise<void>,
): Promise<readonly Received[]> {
  const { lab, observer } = shop;
  const { broker } = lab;
  await broker.declareExchange(relay, 'topic');
  for (const { queue, key } of bindings) await broker.bindQueue(queue, relay, key);
  const first = observer.messages.length;
  const originals = how === 'newer' ? bindings : [];
  for (const { queue, exchange, key } of originals) await broker.unbindQueue(queue, exchange, key);
  let [next, isOver] = [first, false];
  const handOn = async (): Promise<void> => {
    while (next < observer.messages.length) {
      const message = observer.messages[next] as Received;
      next += 1;
      if (!heard.has(message.key)) continue;
      lab.note('interposed', interposed(how, message));
      await broker.publish({ exchange: relay, key: message.key }, [changed(how, message)]);
    }
  };
  const pump = (async () => {
    while (!isOver) {
      await handOn();
      await lab.until('a message', () => isOver || next < observer.messages.length, 60_000);
    }
  })();
  await during();
  await shop.quiet();
  // Both ways are open for a moment: then a message may come twice, as it may anyway.
  for (const { queue, exchange, key } of originals) await broker.bindQueue(queue, exchange, key);
  await shop.quiet(50);
  isOver = true;
  await pump;
  await handOn();
  const messages = observer.messages.slice(first).filter(({ key }) => heard.has(key));
  for (const { queue, key } of bindings) await broker.unbindQueue(queue, relay, key);
  return messages;
}

const ofNewerVersion = {
  ...{ version: 2, currency: 'EUR', channel: { name: 'app', build: 4711 } },
  ...{ id: 4711, order_id: 'o-of-a-newer-version', status: 'CANCELLED', state: 'ENDED' },
};

export function interposed(how: Interposed['how'], { key: name, body }: Received): Interposed {
  const { order } = (body ?? {}) as { order?: unknown };
  return { how, name, ...(typeof order === 'string' && { order }) };
}

/** The same message, as it came. */
export function copyOf({ id, body, correlationId, headers }: Received): OutgoingMessage {
  return { id, headers, body, ...(correlationId !== undefined && { correlationId }) };
}

function changed(how: Interposed['how'], message: Received): OutgoingMessage {
  const copy = copyOf(message);
  if (how === 'twice') return copy;
  return { ...copy, body: { ...ofNewerVersion, ...(copy.body as object), notes: [] } };
}
