import type { Arrivals, Lab, LoadEnd } from '../../src/kata/index.js';
import { OrderBook } from './experiment/orders.js';

/** Programs that compile while they run are slower at first; this is not what is compared. */
const warmUp = { users: 500, requests: 2_000 };
/** Under load nobody can tell half a wait from a whole one: so many come with nobody else there. */
const alone = 3;

export async function experiment(lab: Lab, options: Options): Promise<void> {
  const { users, ioMs, cpuUs } = options;
  const shop = await lab.start();
  const book = new OrderBook(options);
  // Computing may take a hundred times as long in an interpreter, and one after the other.
  const answerWithinMs = 10_000 + ioMs + (users * cpuUs * 100) / 1000;
  /** @returns whether none hung */
  const load = async (name: string, arrivals: Arrivals, warmUp: boolean): Promise<boolean> => {
    const next = (user: number, n: number) => book.order(user, `${name}-${n + 1}`);
    const { problems } = await lab.load(shop, { arrivals, next, warmUp, answerWithinMs });
    return problems.timeout === 0;
  };
  // What hangs would hang ten thousand times: what there is to say of it is said.
  if (
    (await load('a', { kind: 'closed', users: 1, requests: alone }, true)) &&
    (await load('w', warmUpOf(users), true))
  )
    await load('o', arrivalsOf(options), false);
  lab.note('checksums', book.samples);
  await shop.stop();
}

function warmUpOf(users: number): Arrivals {
  return {
    kind: 'closed',
    users: Math.min(users, warmUp.users),
    requests: Math.min(users, warmUp.requests),
  };
}

interface Options {
  readonly users: number;
  readonly ioMs: number;
  readonly cpuUs: number;
  readonly mode: 'burst' | 'closed' | 'open';
  readonly requests: number;
  readonly duration: number;
  readonly rate: number;
  readonly arrivals: 'constant' | 'poisson';
}

function arrivalsOf({ users, mode, requests, duration, rate, arrivals }: Options): Arrivals {
  const end: LoadEnd = duration > 0 ? { durationMs: duration * 1000 } : { requests };
  switch (mode) {
    case 'burst':
      return { kind: 'burst', requests: users };
    case 'closed':
      return { kind: 'closed', users: duration > 0 ? users : Math.min(users, requests), ...end };
    case 'open':
      return { kind: 'open', users, rate, spacing: arrivals, ...end };
  }
}
