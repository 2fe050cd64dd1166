import { serviceTitles } from '../kata/services.js';
import type { Metrics } from '../kata/metrics.js';
import type { BrokerKind, WorkQueue } from '../kata/work-queue.js';
import type { Places } from './capabilities.js';
import type { Place } from './capability.js';

/** Of a case that asked for somewhere to keep them. */
export function metricsOf(places: Places): Metrics | undefined {
  return Object.values<Place<unknown>>(places).find(({ metrics }) => metrics)?.metrics;
}

/** On what the case has of its own: one that it did not ask for is a defect of the kata. */
export async function openWorkQueue(
  kind: BrokerKind,
  { kata, places }: { readonly kata: string; readonly places: Places },
): Promise<WorkQueue> {
  const found = Object.values<Place<unknown>>(places).find(
    ({ workQueue }) => workQueue?.kind === kind,
  );
  if (found?.workQueue !== undefined) return found.workQueue.open();
  const asked = Object.keys(places).map((name) => serviceTitles[name as keyof Places]);
  throw new Error(`${kata} uses ${kind}, and has only ${asked.join(', ') || 'no service'}`);
}
