import { percentiles } from '../../src/kata/index.js';
import { factsOf, kept, type Story, type Tale } from './story.js';

/** Counts; milliseconds from the order to its last word; messages an order, orders a second. */
export function figures(story: Story): Readonly<Record<string, number>> {
  const { tales, final } = story;
  const status = (wanted: string): number =>
    final.orders.filter((row) => row.status === wanted).length;
  const loaded = tales.filter((tale) => isOfLoad(story, tale));
  const confirmed = timesTo(loaded, 'OrderConfirmed');
  const rejected = timesTo(
    tales.filter(({ row }) => row?.reason !== 'deadline'),
    'OrderRejected',
  );
  const messages = loaded.flatMap((tale) => [
    ...new Set(tale.messages.map(({ messageId }) => messageId)),
  ]);
  return {
    confirmed: status('CONFIRMED'),
    rejected: status('REJECTED'),
    pending: status('PENDING'),
    compensations: final.refunds.length + final.releases.length,
    kept: tales.filter((tale) => tale.row?.status === 'REJECTED' && keepsSomething(tale)).length,
    lateSuccesses: tales.filter(succeededLate).length,
    ...percentiles('confirmed', confirmed),
    ...percentiles('rejected', rejected),
    ...(loaded.length > 0 && { messagesPerOrder: rounded(messages.length / loaded.length) }),
    ...rate(loaded),
  };
}

const keepsSomething = (tale: Tale): boolean => kept(tale).paid > 0 || kept(tale).reserved > 0;

/** A step succeeded after the order had been rejected. */
export function succeededLate(tale: Tale): boolean {
  const [rejected] = factsOf(tale, 'OrderRejected');
  const steps = [...factsOf(tale, 'StockReserved'), ...factsOf(tale, 'PaymentAuthorized')];
  return rejected !== undefined && steps.some(({ line }) => line > rejected.line);
}

function isOfLoad({ load: { from, to } }: Story, { placed: [first] }: Tale): boolean {
  return first !== undefined && first.invokedOn > from && first.invokedOn < to;
}

/** How long an order took to its last word, milliseconds; undefined where it never came. */
export function tookMs(tale: Tale, last: 'OrderConfirmed' | 'OrderRejected'): number | undefined {
  const [placed] = tale.placed;
  const [end] = factsOf(tale, last);
  return placed && end && Math.max(0, end.at - placed.start) / 1000;
}

function timesTo(tales: readonly Tale[], last: 'OrderConfirmed' | 'OrderRejected'): number[] {
  return tales.flatMap((tale) => tookMs(tale, last) ?? []);
}

/** Of the load: from its first order to its last word. */
function rate(loaded: readonly Tale[]): Record<string, number> {
  const starts = loaded.flatMap(({ placed: [first] }) => (first ? [first.start] : []));
  const ends = loaded.flatMap((tale) => factsOf(tale, 'OrderConfirmed')[0]?.at ?? []);
  const seconds = (Math.max(...ends) - Math.min(...starts)) / 1_000_000;
  return ends.length > 1 && seconds > 0 ? { ordersPerSecond: rounded(ends.length / seconds) } : {};
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
