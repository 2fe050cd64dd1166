import { causeOf, type Cause } from '../../contract/seal.js';

/** How a worker goes about its work. */
export interface Habits {
  /** Messages in hand at once. */
  readonly prefetch: number;
  /** To the database. */
  readonly connections: number;
  /** It takes a connection before it calls the warehouse, and has it until all is done. */
  readonly holdsConnection: boolean;
  /** It writes parcels one by one. */
  readonly oneByOne: boolean;
  /** An order of more parcels is passed over, and nobody hears of it. */
  readonly mostParcels: number;
  /** How far its clock is off. */
  readonly clockMs: number;
}

const usual: Habits = {
  ...{ prefetch: 250, connections: 20, holdsConnection: false, oneByOne: false },
  ...{ mostParcels: Number.MAX_SAFE_INTEGER, clockMs: 0 },
};

/** All the other causes lie outside of it. */
const unusual: Partial<Record<Cause, Partial<Habits>>> = {
  'full-queue': { prefetch: 1 },
  'exhausted-pool': { connections: 1, holdsConnection: true },
  'n-plus-one': { oneByOne: true },
  'dropping-worker': { mostParcels: 24 },
  'differing-clocks': { clockMs: -5_000 },
};

/** Of the mystery of this number. */
export function habitsOf(number: number): Habits {
  return { ...usual, ...unusual[causeOf(number)] };
}
