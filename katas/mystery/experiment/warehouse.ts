import type { Dependency, Lab } from '../../../src/kata/index.js';
import { refused, warehouseMs } from '../contract.js';
import type { Cause } from '../contract/seal.js';

/** The neighbour of the worker, which nobody has asked for spans. */
export function openWarehouse(lab: Lab, cause: Cause): Promise<Dependency> {
  const asked = new Map<string, number>();
  const latencyMs = cause === 'slow-neighbour' ? warehouseMs.slow : warehouseMs.usual;
  return lab.dependency({
    name: 'warehouse',
    // Its name is the same whatever it does: it stands in the history.
    first: { name: 'open', latencyMs },
    answer({ path }) {
      const times = 1 + (asked.get(path) ?? 0);
      asked.set(path, times);
      const refuses = cause === 'multiplied-retries' && isRefused(path) && times <= refused.times;
      return refuses ? { status: 503, body: { error: 'busy' } } : { status: 200, body: {} };
    },
  });
}

function isRefused(path: string): boolean {
  return Number(/(\d+)$/.exec(path)?.[1] ?? 1) % refused.everyNth === 0;
}
