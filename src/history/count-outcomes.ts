import type { History } from '../kata/history.js';
import type { LoadNote } from '../kata/load.js';
import type { Counts } from '../kata/run-record.js';

/** Of all operations, those of loads that were only counted included. */
export function countOutcomes(history: History): Counts {
  const operations = history.operations();
  const loads = history.notes<LoadNote>('load').map(({ value }) => value);
  const count = (outcome: 'ok' | 'fail' | 'unknown'): number =>
    operations.filter((operation) => operation.outcome === outcome).length +
    loads.reduce((sum, load) => sum + load.leftOut.outcomes[outcome], 0);
  const [ok, fail, unknown] = [count('ok'), count('fail'), count('unknown')];
  return { requests: ok + fail + unknown, ok, fail, unknown };
}
