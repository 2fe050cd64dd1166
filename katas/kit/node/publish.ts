import type { ConfirmChannel, Options } from 'amqplib';

/** A broker that is short of memory or disk confirms nothing, for as long as that lasts. */
const confirmWithinMs = 3_000;
/** Goes along with each message: what comes back must be told from what is confirmed. */
const publicationHeader = 'x-publication';
let publications = 0;

/** No queue took the message: it is nowhere. */
export class Unroutable extends Error {}

/**
 * Resolves once a queue has the message for good. A confirm alone does not say that: what no queue
 * takes is confirmed as well, and dropped. `mandatory` has it returned first, and here that is a
 * failure.
 * @throws Unroutable · Error where the broker refuses it, or answers nothing
 */
export function publishConfirmed(
  channel: ConfirmChannel,
  to: { readonly exchange: string; readonly key: string },
  content: Buffer,
  options: Options.Publish,
): Promise<void> {
  const publication = ++publications;
  const returned = returnsOf(channel);
  const all = {
    ...{ persistent: true, mandatory: true, ...options },
    headers: { ...(options.headers as object | undefined), [publicationHeader]: publication },
  };
  const where = `exchange "${to.exchange}", key "${to.key}"`;
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new Error(`the broker confirmed nothing within ${confirmWithinMs} ms: ${where}`));
    }, confirmWithinMs);
    const settle = (error: unknown): void => {
      clearTimeout(late);
      // A return comes before the confirm of the same message.
      const isReturned = returned.delete(publication);
      if (error) reject(new Error(`the broker did not take a message: ${where}`, { cause: error }));
      else if (isReturned) reject(new Unroutable(`no queue takes a message: ${where}`));
      else resolve();
    };
    try {
      channel.publish(to.exchange, to.key, content, all, settle);
    } catch (error) {
      // The channel is closed.
      settle(error);
    }
  });
}

const returns = new WeakMap<ConfirmChannel, Set<number>>();

function returnsOf(channel: ConfirmChannel): Set<number> {
  const before = returns.get(channel);
  if (before) return before;
  const returned = new Set<number>();
  returns.set(channel, returned);
  channel.on('return', ({ properties }) => {
    const publication: unknown = properties.headers?.[publicationHeader];
    if (typeof publication === 'number') returned.add(publication);
  });
  return returned;
}
