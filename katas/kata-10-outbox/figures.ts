import { isOk, isRefused, percentiles } from '../../src/kata/index.js';
import { isExcused, type Lines, type Placed, type Story } from './story.js';

/** Fewer tell of chance rather than of the relays. */
const fewestForRate = 20;

/** Counts; how long after its acknowledgement an event came, milliseconds; events a second. */
export function figures(story: Story): Readonly<Record<string, number>> {
  const { placed, byOrder, committed, events, load, backlog } = story;
  const lags = placed
    .filter((p) => isOk(p) && isWithin(load, p))
    .flatMap((p) => {
      const first = byOrder.get(p.asked.id)?.[0];
      return first ? [Math.max(0, first.at - p.end) / 1000] : [];
    });
  const orders = [...committed.keys()];
  return {
    orders: orders.length,
    lost: orders.filter((id) => !byOrder.has(id) && !isExcused(id, story)).length,
    phantom: [...byOrder.keys()].filter((id) => !committed.has(id)).length,
    duplicates: events.length - byOrder.size,
    refused: placed.filter(isRefused).length,
    ...percentiles('lag', lags),
    ...(backlog &&
      rate(
        placed.filter((p) => isOk(p) && isWithin(backlog, p)),
        byOrder,
      )),
  };
}

function isWithin({ from, to }: Lines, { invokedOn }: Placed): boolean {
  return invokedOn > from && invokedOn < to;
}

/** Events a second of relays that have a backlog: from its first event to its last. */
function rate(placed: readonly Placed[], byOrder: Story['byOrder']): Record<string, number> {
  const came = placed.flatMap(({ asked }) => byOrder.get(asked.id)?.[0]?.at ?? []);
  const seconds = (Math.max(...came) - Math.min(...came)) / 1_000_000;
  return came.length >= fewestForRate && seconds > 0
    ? { eventsPerSecond: Math.round((came.length - 1) / seconds) }
    : {};
}
