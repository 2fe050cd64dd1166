import { steady, type Profile } from '../../../src/kata/index.js';
import { lasts, patienceMs, routes, type Limits } from '../contract.js';
import type { Answered, Asked } from '../notes.js';
import { rush, Stand, type Load, type Surroundings } from './stand.js';

/** Requests a second: of all polite clients together, of the flood, of whoever nobody knows. */
const polite = 32;
const flooding = 200;
const strangers = 20;

/** So many requests of one polite client follow each other at most, before it is the next one's turn. */
const mostInARow = 16;
const polites = ['polite-1', 'polite-2', 'polite-3', 'polite-4'];

const nothing = (ms: number) => steady(0, ms);

/** One client floods and says that it is many; others keep their limit, or overstep it once. */
export async function playFlood(around: Surroundings): Promise<void> {
  const { clients, limits } = around;
  const { clientBurst, clientRate, timeoutMs } = limits;
  const { quiet, trouble } = lasts.flood;
  const stand = await Stand.open(around, 'flood');
  const forMs = quiet + trouble;
  const hangsUpAfterMs = timeoutMs + patienceMs;
  /** So long until a bucket is full again. */
  const refillMs = (1000 * clientBurst) / clientRate;
  const rushOf = (count: number) => steady(rush, (1000 * count) / rush);
  const loads: Load[] = [
    {
      ...{ route: 'checkout', hangsUpAfterMs, profile: [steady(polite, forMs)] },
      asking: (n) => ({ sort: 'polite', client: clients.keyOf(politeOf(n, limits)) }),
    },
    // Of both services: a client has one limit.
    ...routes.map((route): Load => ({
      ...{ route, hangsUpAfterMs },
      profile: [nothing(quiet), steady(flooding / routes.length, trouble)],
      asking: () => ({ sort: 'flooding', client: clients.keyOf('flooding'), spoofs: true }),
    })),
    {
      ...{ route: 'recommendations', hangsUpAfterMs, unmeasured: true },
      profile: [nothing(quiet / 2), steady(strangers, forMs - quiet / 2)],
      asking: (n) => ({ sort: 'stranger', client: clients.stranger(n) }),
    },
    bursts(around, { hangsUpAfterMs, refillMs, rushOf }),
    oversteps(around, { hangsUpAfterMs, refillMs, rushOf }),
  ];
  await stand.play(forMs, loads, () => stand.until(quiet).then(() => stand.note('trouble')));
  const last = polites.map((name) => clients.keyOf(name));
  await stand.endAmidCalls({ route: 'checkout', hangsUpAfterMs, clients: last });
  await stand.close();
}

/**
 * They take turns: each sends evenly for a while, faster than its rate alone allows, and is within its
 * burst by a fifth. Less than a whole one more may pass from one request to the next.
 */
function politeOf(n: number, { clientBurst, clientRate }: Limits): string {
  const most = (0.8 * clientBurst) / Math.max(0, 1 - (0.8 * clientRate) / polite);
  const inARow = Math.min(mostInARow, Math.floor(most));
  return polites[Math.floor(n / inARow) % polites.length] ?? '';
}

interface Rhythm {
  readonly hangsUpAfterMs: number;
  readonly refillMs: number;
  readonly rushOf: (count: number) => Profile[number];
}

/**
 * Its whole burst at once, which it may; then, a refill later, at the edge of whatever window may be
 * counted, twice as much: late in one and early in the next.
 */
function bursts({ clients, limits }: Surroundings, { hangsUpAfterMs, ...of }: Rhythm): Load {
  const { refillMs, rushOf } = of;
  const { clientBurst } = limits;
  const again = [rushOf(clientBurst), nothing(0.15 * refillMs), rushOf(clientBurst)];
  return {
    ...{ route: 'recommendations', hangsUpAfterMs },
    profile: [
      ...[nothing(200), rushOf(clientBurst), nothing(1.4 * refillMs)],
      ...[rushOf(1), nothing(0.88 * refillMs), ...again],
    ],
    asking: () => ({ sort: 'bursting', client: clients.keyOf('bursting') }),
  };
}

/** Five more than it may, once; and then one, as late as it was told. */
function oversteps({ clients, limits }: Surroundings, { hangsUpAfterMs, rushOf }: Rhythm): Load {
  const rest = lasts.flood.trouble - 300;
  let isTold = false;
  return {
    ...{ route: 'recommendations', hangsUpAfterMs },
    // The last one is so late that nobody meets it: the load is to go on until the other has come.
    profile: [nothing(400), rushOf(limits.clientBurst + 5), steady(0, rest), rushOf(1)],
    asking: () => ({ sort: 'patient', client: clients.keyOf('patient') }),
    again(request, reading) {
      const { attempt } = request.asked as Asked;
      const answer = reading.outcome === 'fail' ? (reading.value as Answered) : undefined;
      if (answer?.status !== 429 || attempt > 1 || isTold) return undefined;
      isTold = true;
      return { afterMs: 1000 * (answer.retryAfter ?? 0) + 20, request: clients.again(request) };
    },
  };
}
