import { isOk, isRefused, type Story } from './story.js';

/** Counts, and how long after its acknowledgement an event came, milliseconds. */
export function figures({
  placed,
  byOrder,
  committed,
  events,
  load,
}: Story): Readonly<Record<string, number>> {
  const lags = placed
    .filter((p) => isOk(p) && p.invokedOn > load.from && p.invokedOn < load.to)
    .flatMap((p) => {
      const first = byOrder.get(p.asked.id)?.[0];
      return first ? [Math.max(0, first.at - p.end) / 1000] : [];
    })
    .sort((a, b) => a - b);
  const orders = [...committed.keys()];
  return {
    orders: orders.length,
    lost: orders.filter((id) => !byOrder.has(id)).length,
    phantom: [...byOrder.keys()].filter((id) => !committed.has(id)).length,
    duplicates: events.length - byOrder.size,
    refused: placed.filter(isRefused).length,
    ...percentile('lagP50', lags, 0.5, 2),
    ...percentile('lagP95', lags, 0.95, 20),
    ...percentile('lagP99', lags, 0.99, 100),
  };
}

/** Left out where the samples can't carry it. */
function percentile(
  name: string,
  sorted: readonly number[],
  share: number,
  needed: number,
): Record<string, number> {
  const value = sorted[Math.ceil(sorted.length * share) - 1];
  return sorted.length >= needed && value !== undefined
    ? { [name]: Math.round(value * 10) / 10 }
    : {};
}
