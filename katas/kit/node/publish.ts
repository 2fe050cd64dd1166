import type { ConfirmChannel, Options } from 'amqplib';

/** A broker that is short of memory or disk confirms nothing, for as long as that lasts. */
const confirmWithinMs = 3_000;
/** Goes along with each message: what comes back must be told from what is confirmed. */
const publicationHeader = 'x-publication';
let publications = 0;

/** PRECONDITION_FAILED: the channel is closed on account of what was published: it is too large, say. */
const preconditionFailed = 406;

/** No queue took the message: it is nowhere. */
export class Unroutable extends Error {}

/** The broker is there and says no: it refuses a message, or closes the channel on its account. */
export class Refused extends Error {}

/**
 * Resolves once a queue has the message for good. A confirm alone does not say that: what no queue
 * takes is confirmed as well, and dropped. `mandatory` has it returned first, and here that is a
 * failure.
 * @throws Unroutable · Refused · Error where the broker is away, or answers nothing
 */
export function publishConfirmed(
  channel: ConfirmChannel,
  to: { readonly exchange: string; readonly key: string },
  content: Buffer,
  options: Options.Publish,
): Promise<void> {
  const publication = ++publications;
  const { returned, closed } = told(channel);
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
      const reason = error instanceof Error ? (refusalOf(error) ?? closed.refusal) : undefined;
      if (reason) reject(new Refused(`the broker refuses a message: ${where}: ${reason}`));
      else if (error)
        reject(new Error(`the broker did not take a message: ${where}`, { cause: error }));
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

/** basic.nack, as the library tells it. */
const refusalOf = ({ message }: Error): string | undefined =>
  message === 'message nacked' ? message : undefined;

/** What the broker said on a channel, beside its confirms. */
interface Told {
  readonly returned: Set<number>;
  /** Why it was closed, where that was on account of a message. */
  readonly closed: { refusal?: string };
}

const channels = new WeakMap<ConfirmChannel, Told>();

function told(channel: ConfirmChannel): Told {
  const before = channels.get(channel);
  if (before) return before;
  const all: Told = { returned: new Set(), closed: {} };
  channels.set(channel, all);
  channel.on('return', ({ properties }) => {
    const publication: unknown = properties.headers?.[publicationHeader];
    if (typeof publication === 'number') all.returned.add(publication);
  });
  channel.on('error', (error: Error & { code?: unknown }) => {
    if (error.code === preconditionFailed) all.closed.refusal = error.message;
  });
  return all;
}
