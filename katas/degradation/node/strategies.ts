import { allOf } from './all.js';
import { bulkheads } from './bulkheads.js';
import { nothing, type Guard } from './guards.js';
import { loadShedding } from './load-shedding.js';
import { rateLimit } from './rate-limit.js';

export interface Options {
  /** Of the services behind, together. */
  readonly workers: number;
  readonly clientRate: number;
  readonly clientBurst: number;
}

export interface Strategy {
  readonly guard: Guard;
  /** Whether deadlines are kept and handed on. */
  readonly hasDeadlines: boolean;
}

const open: Guard = () => nothing;

/** Half of the workers each. */
const halves = ({ workers }: Options): Guard => {
  const half = Math.floor(workers / 2);
  return bulkheads({ checkout: half, recommendations: half });
};

/** Recommendations while workers are free but for two; checkouts may wait for one, too. */
const byPriority = ({ workers }: Options): Guard =>
  loadShedding({ checkout: 2 * workers, recommendations: workers - 2 });

const limited = ({ clientRate, clientBurst }: Options): Guard => rateLimit(clientRate, clientBurst);

/** Checkouts may have all workers, recommendations half of them. */
const reserved = ({ workers }: Options): Guard =>
  bulkheads({ checkout: 2 * workers, recommendations: Math.floor(workers / 2) });

export const strategies = new Map<string, (options: Options) => Strategy>(
  Object.entries({
    none: () => ({ guard: open, hasDeadlines: false }),
    timeouts: () => ({ guard: open, hasDeadlines: true }),
    bulkheads: (options: Options) => ({ guard: halves(options), hasDeadlines: false }),
    'rate-limit': (options: Options) => ({ guard: limited(options), hasDeadlines: false }),
    'load-shedding': (options: Options) => ({ guard: byPriority(options), hasDeadlines: false }),
    all: (options: Options) => ({
      guard: allOf(limited(options), byPriority(options), reserved(options)),
      hasDeadlines: true,
    }),
  }),
);
