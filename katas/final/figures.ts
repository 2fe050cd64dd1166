import { percentiles } from '../../src/kata/index.js';
import { measures } from './figures/measures.js';
import { tookMs, type Story, type Tale } from './story.js';

/** Counts; milliseconds from the request to the last word on a calm day; orders a second. */
export function figures(story: Story): Readonly<Record<string, number>> {
  const { final, tales } = story;
  const of = (status: string): number => final.orders.filter((row) => row.status === status).length;
  const calm = tales.filter(({ expects, order }) => expects?.act === 'calm' && order);
  const took = calm.flatMap((tale) => tookMs(tale, 'OrderConfirmed') ?? []);
  const { refunds, releases, cancellations } = final;
  return {
    ...{ confirmed: of('CONFIRMED'), rejected: of('REJECTED'), pending: of('PENDING') },
    compensations: refunds.length + releases.length + cancellations.length,
    ...percentiles('confirmed', took),
    ...rate(calm),
    ...measures(story),
  };
}

/** From the first order to the last word. */
function rate(calm: readonly Tale[]): Record<string, number> {
  const starts = calm.flatMap(({ placed: [first] }) => (first ? [first.start] : []));
  const ends = calm.flatMap(
    ({ messages }) => messages.find(({ name }) => name === 'OrderConfirmed')?.at ?? [],
  );
  const seconds = (Math.max(...ends) - Math.min(...starts)) / 1_000_000;
  return ends.length > 1 && seconds > 0 ? { ordersPerSecond: rounded(ends.length / seconds) } : {};
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
