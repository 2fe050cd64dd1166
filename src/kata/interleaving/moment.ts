import type { RelayedPublication } from '../broker-tap.js';
import type { History } from '../history.js';
import type { StatementRun } from '../statements.js';
import { changedNothing, type Part } from './pair.js';
import { deedOf, oneLine } from './sql.js';
import type { Tied } from './ties.js';
import { overlap, type Transaction } from './transactions.js';
import type { Held, Moment, Step } from './types.js';

/** Where the fault could last have been avoided; undefined where the statements show no such place. */
export function momentOf(
  parts: readonly Part[],
  tied: readonly Tied[],
  history: History,
): Moment | undefined {
  const lanes = parts.map(({ tied }) => tied.map(({ transaction }) => transaction));
  const stale = lanes.flatMap((own, lane) => {
    const others = lanes.flatMap((of, at) => (at === lane ? [] : of));
    return own.flatMap((one) => others.flatMap((other) => staleWrites(one, other, lane)));
  });
  const sure = stale.find(({ isSure }) => isSure) ?? stale[0];
  if (sure) return sure;
  const third = ofThird(parts, tied);
  if (third) return third;
  for (const [lane, { subject, tied }] of parts.entries()) {
    const own = tied.map(({ transaction }) => transaction);
    const split = splitWrite(own, lane);
    if (split) return split;
    const apart = subject && apartMessage(own, subject.values, lane, history);
    if (apart) return apart;
  }
  return undefined;
}

/** It read, the other committed a change of that table, and then it wrote. */
function staleWrites(
  one: Transaction,
  other: Transaction,
  lane: number,
): Extract<Moment, { kind: 'stale-write' }>[] {
  if (one.how !== 'commit' || other.how !== 'commit') return [];
  const runs = one.statements.filter(({ outcome }) => outcome === 'done');
  return runs.flatMap((read, at) => {
    const { reads, writes, locks } = deedOf(read);
    const table = reads.find((name) => other.writes.has(name));
    if (table === undefined || locks || writes.length > 0) return [];
    const write = runs.slice(at + 1).find((run) => deedOf(run).writes.length > 0);
    if (write === undefined) return [];
    const { from, to } = other.end;
    // The other's change was there before the read, or came only after the write: nothing was old.
    if (to < read.from || from > write.to) return [];
    // Had its own write been first, the other's would have waited until after its COMMIT, which
    // was not even sent when the other's was answered.
    const isSure = from >= read.to && to <= one.end.from;
    const found = { lane, read: read.n, write: write.n, committedAt: to, table, isSure };
    return [{ kind: 'stale-write' as const, ...found }];
  });
}

/** Somebody else has written over what one of the lanes had committed. */
function ofThird(parts: readonly Part[], tied: readonly Tied[]): Moment | undefined {
  const drawn = new Set(parts.flatMap((part) => part.tied));
  const others = tied.filter((one) => !drawn.has(one));
  const found = parts.flatMap((part, lane) =>
    part.tied.flatMap(({ transaction: own }) =>
      others.flatMap(({ transaction, subject }) =>
        staleWrites(transaction, own, lane).flatMap((moment): Moment[] => {
          const read = transaction.statements.find(({ n }) => n === moment.read);
          const write = transaction.statements.find(({ n }) => n === moment.write);
          if (!read || !write || !moment.isSure) return [];
          const name = subject?.name ?? String(transaction.session);
          const kind = subject?.kind ?? ('session' as const);
          const third = { name, kind, read: onOneLine(read), write: onOneLine(write) };
          return [{ ...moment, third }];
        }),
      ),
    ),
  );
  return found[0];
}

const onOneLine = (run: StatementRun): StatementRun => ({ ...run, text: oneLine(run.text) });

function splitWrite(own: readonly Transaction[], lane: number): Moment | undefined {
  const writing = own.filter(({ writes }) => writes.size > 0);
  const at = writing.findIndex(({ how }) => how === 'commit');
  // The second may also be one that never came to its end.
  const [first, second] = at < 0 ? [] : writing.slice(at);
  const write = first?.statements.findLast((run) => deedOf(run).writes.length > 0);
  if (!first || !second || !write) return undefined;
  return { kind: 'split-write', lane, write: write.n, at: first.end.to };
}

function apartMessage(
  own: readonly Transaction[],
  values: ReadonlySet<string>,
  lane: number,
  history: History,
): Moment | undefined {
  const committed = own.findLast(({ how, writes }) => how === 'commit' && writes.size > 0);
  if (committed === undefined) return undefined;
  const sent = history
    .notes<RelayedPublication>('amqp-published')
    .find(({ value, at }) => values.has(value.id) && at >= committed.end.to);
  return sent && { kind: 'apart-message', lane, at: committed.end.to, id: sent.value.id };
}

/** Why it came out right, as far as the two lanes show it. */
export function heldOf(parts: readonly Part[], steps: readonly Step[]): Held | undefined {
  const ran = steps.filter((one) => one.kind === 'ran');
  const refused = ran.find(({ error }) => error && /^(40|55P03|23505|23P01)/.test(error.code));
  if (refused?.error)
    return { kind: 'refused', lane: refused.lane, n: refused.n, code: refused.error.code };
  const gone = ran.find(changedNothing);
  if (gone) {
    const kind = gone.tag === 'INSERT' ? 'no-insert' : 'no-row';
    return { kind, lane: gone.lane, n: gone.n };
  }
  const waited = steps.find((one) => one.kind === 'waited' && one.forLanes.length > 0);
  if (waited?.kind === 'waited' && !isOneStatement(ran, waited.n))
    return { kind: 'waited', lane: waited.lane, n: waited.n, for: waited.forLanes[0] ?? 0 };
  const alone = ran.find((one) => isOneStatement(ran, one.n));
  if (alone) return { kind: 'one-statement', lane: alone.lane, n: alone.n };
  const [a = [], b = []] = parts.map(({ tied }) => tied.map(({ transaction }) => transaction));
  const met = a.some((one) => b.some((other) => overlap(one, other)));
  return a.length > 0 && b.length > 0 && !met ? { kind: 'apart' } : undefined;
}

/** A write that decides by what it finds itself: nothing was read from its table before it. */
function isOneStatement(
  ran: readonly (StatementRun | Extract<Step, { kind: 'ran' }>)[],
  n: number,
): boolean {
  const run = ran.find((one) => one.n === n);
  if (run?.outcome !== 'done' || !/\bwhere\b/i.test(run.text)) return false;
  const [table] = deedOf(run).writes;
  if (table === undefined || deedOf(run).locks) return false;
  return !ran.some(
    (one) => one.transaction === run.transaction && one.n < n && deedOf(one).reads.includes(table),
  );
}
