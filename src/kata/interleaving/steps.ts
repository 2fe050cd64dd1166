import type { StatementRun } from '../statements.js';
import type { Part } from './pair.js';
import { deedOf, isEnd, oneLine } from './sql.js';
import { overlap, type Transaction, type Wire } from './transactions.js';
import type { Ran, Seen, Step, Waited } from './types.js';

/** Of one lane: a picture of more shows nothing. */
const mostStatements = 40;

export interface Drawn {
  readonly steps: readonly Step[];
  readonly undrawn: number;
}

/** All that the lanes did, in the order in which it began. */
export function stepsOf(parts: readonly Part[], wire: Wire): Drawn {
  const lanes = parts.map(({ tied }) => tied.map(({ transaction }) => transaction));
  const all = lanes.map((of) => of.flatMap((one) => one.statements.map((run) => ({ one, run }))));
  const ran = all.flatMap((runs, lane) =>
    runs.slice(0, mostStatements).map(({ one, run }) => ranOf(run, lane, one, lanes, wire)),
  );
  const shown = new Set(ran.map(({ n }) => n));
  const steps: Step[] = [
    ...parts.flatMap(ends),
    ...ran,
    ...lanes.flatMap((of, lane) => of.flatMap((one) => committed(one, lane, lanes, wire))),
    ...ran.flatMap((one) => waitOf(one, togetherWith(one, ran), lanes, wire)),
  ];
  return {
    steps: sorted(steps),
    undrawn: all.flat().filter(({ run }) => !shown.has(run.n)).length,
  };
}

const began = (step: Step): number => ('at' in step ? step.at : step.from);
/** What is at the same moment stands in this order. */
const order: readonly Step['kind'][] = [
  'asked',
  'heard',
  'ran',
  'waited',
  'committed',
  'seen',
  'answered',
];

function sorted(steps: readonly Step[]): Step[] {
  return [...steps].sort(
    (a, b) => began(a) - began(b) || order.indexOf(a.kind) - order.indexOf(b.kind),
  );
}

function ends({ subject }: Part, lane: number): Step[] {
  if (subject === undefined) return [];
  const { operation, delivery, settled, name: id, from, to } = subject;
  if (operation)
    return [
      { kind: 'asked', lane, at: from, value: operation.asked },
      ...(Number.isFinite(to)
        ? [
            {
              ...{ kind: 'answered' as const, lane, at: to, outcome: operation.outcome },
              value: operation.answer ?? operation.problem?.detail ?? null,
            },
          ]
        : []),
    ];
  if (delivery === undefined) return [];
  const what = settled?.how === 'ack' ? 'acked' : 'rejected';
  return [
    { kind: 'heard', lane, at: from, what: 'delivered', id },
    ...(settled ? [{ kind: 'heard' as const, lane, at: settled.at, what, id } as const] : []),
  ];
}

function ranOf(
  run: StatementRun,
  lane: number,
  own: Transaction,
  lanes: readonly (readonly Transaction[])[],
  wire: Wire,
): Ran {
  const others = lanes.flatMap((of, at) => (at === lane ? [] : of));
  const unsureWith = others.flatMap((other) =>
    other.statements
      .filter((one) => one.outcome !== 'failed' && run.outcome !== 'failed')
      .map((one) => ({ run: one, of: other }))
      .filter((one) => overlap(run, one.run) && ordersMatter({ run, of: own }, one))
      .filter((one) => !waited({ run, of: own }, one, wire) && !waited(one, { run, of: own }, wire))
      .map((one) => one.run.n),
  );
  return { ...run, text: oneLine(run.text), kind: 'ran', lane, unsureWith };
}

interface In {
  readonly run: StatementRun;
  readonly of: Transaction;
}

/** Which of the two came first would change what one of them did or saw. */
function ordersMatter(a: In, b: In): boolean {
  const of = [a, b].map(({ run, of: transaction }) => ({
    ...deedOf(run),
    commits: commits(run, transaction) ? transaction.writes : new Set<string>(),
  }));
  const [one, other] = of;
  if (one === undefined || other === undefined) return false;
  const touches = ({ reads, writes }: typeof one, table: string): boolean =>
    reads.includes(table) || writes.includes(table);
  return (
    one.writes.some((table) => other.writes.includes(table)) ||
    [...one.commits].some((table) => touches(other, table) || other.commits.has(table)) ||
    [...other.commits].some((table) => touches(one, table))
  );
}

function commits(run: StatementRun, { how, isExplicit, statements }: Transaction): boolean {
  if (how !== 'commit') return false;
  return isExplicit ? isEnd(run) : run === statements.at(-1);
}

/** Those of its session that were sent before its answer was there: which of them works, nobody sees. */
function togetherWith<Run extends StatementRun | Ran>(run: Run, all: readonly Run[]): Run[] {
  return all.filter(({ session, from, to }) => {
    const isMeanwhile = from < run.to && run.from < to;
    return session === run.session && isMeanwhile;
  });
}

/** The one was seen waiting for the other's session, so it took effect after that. */
function waited(a: In, { run: other }: In, { waits }: Wire): boolean {
  const { run } = a;
  // Of several sent together one waited, and only the last is surely not before it.
  if (togetherWith(run, a.of.statements).at(-1)?.n !== run.n) return false;
  return waits.some(
    (sample) =>
      within(sample, run) &&
      sample.waits.some((one) => one.session === run.session && one.for.includes(other.session)),
  );
}

const within = (
  inner: { readonly from: number; readonly to: number },
  outer: { readonly from: number; readonly to: number },
): boolean => inner.from >= outer.from && inner.to <= outer.to;

/**
 * A sample may have been taken a moment before or after the wait: only those inside count.
 * @param together of these, the first tells for all
 */
function waitOf(
  run: Ran,
  together: readonly Ran[],
  lanes: readonly (readonly Transaction[])[],
  { waits }: Wire,
): Waited[] {
  if (together[0]?.n !== run.n) return [];
  const seen = waits.filter(
    (sample) => within(sample, run) && sample.waits.some(({ session }) => session === run.session),
  );
  const [first] = seen;
  const last = seen.at(-1);
  if (!first || !last) return [];
  const mine = seen.flatMap((sample) => sample.waits.filter((one) => one.session === run.session));
  const sessions = new Set(mine.flatMap((one) => [...one.for, ...(one.forOthers ? [-1] : [])]));
  const laneOf = (session: number): number =>
    lanes.findIndex((of) =>
      of.some((one) => one.session === session && overlap(one, { from: first.from, to: last.to })),
    );
  const forLanes = [...new Set([...sessions].map(laneOf))].filter(
    (one) => one >= 0 && one !== run.lane,
  );
  const forSessions = [...sessions].filter((one) => laneOf(one) < 0);
  return [
    {
      kind: 'waited',
      lane: run.lane,
      n: run.n,
      from: first.from,
      to: last.to,
      ...(together.length > 1 && { among: together.map(({ n }) => n) }),
      forLanes,
      forSessions,
    },
  ];
}

/** The COMMIT that has no statement of its own, and what others saw after it. */
function committed(
  one: Transaction,
  lane: number,
  lanes: readonly (readonly Transaction[])[],
  wire: Wire,
): Step[] {
  if (one.how !== 'commit' || one.writes.size === 0) return [];
  const { from, to } = one.end;
  const isAlone = one.isExplicit || one.statements.length === 1;
  const steps: Step[] = isAlone ? [] : [{ kind: 'committed', lane, from, to }];
  const look = wire.looks.find(({ after }) => after.includes(one.id));
  return look ? [...steps, seenOf(look, one, lane, lanes, wire)] : steps;
}

function seenOf(
  look: Wire['looks'][number],
  one: Transaction,
  lane: number,
  _lanes: readonly (readonly Transaction[])[],
  { transactions }: Wire,
): Seen {
  const meanwhile = { from: one.end.from, to: look.to };
  const others = transactions.filter(
    (other) =>
      other !== one &&
      other.how !== 'rollback' &&
      overlap(other.end, meanwhile) &&
      [...other.writes].some((table) => look.tables.some((seen) => seen.table === table)),
  );
  const { from, to, tables } = look;
  return { kind: 'seen', lane, from, to, tables, isSure: others.length === 0 };
}
