import { type History, type ObservedNote, type Operation } from '../../src/kata/index.js';
import { isEventName, statusAfter, type Shown, type Status, type Summary } from './contract.js';
import type {
  Cancelled,
  CancelledOver,
  Crash,
  Crowd,
  Cut,
  CutWrite,
  Held,
  Rebuild,
  Relayed,
  Settled,
  ToldToEnd,
} from './notes.js';

/** What a client asked of the view, and what it was told. */
export interface Read {
  readonly f: 'list' | 'summary';
  readonly reader: number;
  readonly customer: string;
  readonly token: string | undefined;
  readonly outcome: Operation['outcome'];
  /** Of a list that was shown. */
  readonly orders: readonly Shown[] | undefined;
  readonly summary: Summary | undefined;
  readonly ageMs: number | undefined;
  /** Microseconds since the case began. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

export interface Write {
  readonly token: string;
  readonly order: string;
  readonly version: number;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** What the write side told of one version of an order, as the lab heard it. */
export interface Told extends Shown {
  readonly customer: string;
  readonly line: number;
  /** Microseconds since the case began. */
  readonly at: number;
}

type WithLine<T> = T & { readonly line: number };

export interface Span {
  readonly from: number;
  readonly until: number;
}

/** What the rules look at, drawn once from the history. */
export interface Story {
  /** In the order in which they were asked. */
  readonly reads: readonly Read[];
  readonly writes: readonly Write[];
  /** By token. */
  readonly told: ReadonlyMap<string, Told>;
  readonly settled: readonly WithLine<Settled>[];
  readonly relayed: readonly Relayed[];
  readonly crashes: readonly WithLine<Crash>[];
  readonly rebuilds: readonly Rebuild[];
  readonly held: readonly Held[];
  /** While many waited, and nothing came; undefined where they never did. */
  readonly crowd: (Span & WithLine<Crowd>) | undefined;
  /** While the view began again, and what was written meanwhile was held back. */
  readonly behind: Span | undefined;
  readonly toldToEnd: readonly ToldToEnd[];
  /** From the moment in which its consumer was cancelled until it was to consume again. */
  readonly cancelled: (Span & WithLine<Cancelled> & Partial<CancelledOver>) | undefined;
  /** While the view was cut off; undefined where it never was. */
  readonly cut: (Span & WithLine<Cut>) | undefined;
  /** From then on until it had to know again what it missed. */
  readonly cutAndAfter: Span | undefined;
  readonly cutWrite: Write | undefined;
  /** When an act was played; undefined where it was not. */
  during(act: string): Span | undefined;
}

interface Question {
  readonly customer: string;
  readonly token?: string;
}

export function readStory(history: History): Story {
  const withLine = <T extends object>(f: string): WithLine<T>[] =>
    history.notes<T>(f).map(({ value, line }) => ({ ...value, line }));
  const writes = writesOf(history);
  const [cut] = history.notes<Cut>('cut');
  const [healed] = history.notes('healed');
  const [crowd] = history.notes<Crowd>('crowd');
  const [goesOn] = history.notes('crowd-goes-on');
  const [behind] = history.notes('behind');
  const [caughtUp] = history.notes('behind-goes-on');
  const [cutWrite] = withLine<CutWrite>('cut-write');
  const spans = new Map(
    history.notes<{ act: string }>('act-began').map(({ value: { act }, at: from }) => {
      const ended = history.notes<{ act: string }>('act-ended');
      const until = ended.find(({ value }) => value.act === act)?.at ?? Infinity;
      return [act, { from, until }] as const;
    }),
  );
  return {
    reads: readsOf(history),
    writes,
    told: toldIn(history),
    settled: withLine<Settled>('settled'),
    relayed: withLine<Relayed>('relayed'),
    crashes: withLine<Crash>('crash'),
    rebuilds: withLine<Rebuild>('rebuild'),
    held: withLine<Held>('held'),
    cut: cut && { ...cut.value, from: cut.at, until: healed?.at ?? Infinity, line: cut.line },
    toldToEnd: withLine<ToldToEnd>('told-to-end'),
    cancelled: cancelledIn(history),
    behind: behind && { from: behind.at, until: caughtUp?.at ?? Infinity },
    cutAndAfter: cut && { from: cut.at, until: spans.get('cut-off')?.until ?? Infinity },
    crowd: crowd && {
      ...crowd.value,
      from: crowd.at,
      until: goesOn?.at ?? Infinity,
      line: crowd.line,
    },
    cutWrite: writes.find(({ token }) => token === cutWrite?.token),
    during: (act) => spans.get(act),
  };
}

function cancelledIn(history: History): Story['cancelled'] {
  const [cancelled] = history.notes<Cancelled>('cancelled');
  const [back] = history.notes<CancelledOver>('cancelled-over');
  return (
    cancelled && {
      ...{ ...cancelled.value, from: cancelled.at, line: cancelled.line },
      ...{ ...back?.value, until: back?.at ?? Infinity },
    }
  );
}

export const isIn = ({ start }: { readonly start: number }, span: Span | undefined): boolean =>
  span !== undefined && start >= span.from && start <= span.until;

export const tookMs = ({ start, end }: { readonly start: number; readonly end: number }): number =>
  (end - start) / 1000;

export const isShown = ({ outcome }: Read): boolean => outcome === 'ok';

/** Whether a list shows a version of an order, or a newer one. */
export const has = ({ orders }: Read, order: string, version: number): boolean =>
  orders?.some((one) => one.id === order && one.version >= version) ?? false;

/** `o-17@2` → the order and its version. */
export function partsOf(token: string): { readonly order: string; readonly version: number } {
  const at = token.lastIndexOf('@');
  return { order: token.slice(0, at), version: Number(token.slice(at + 1)) };
}

/** Plain questions while the view was cut off. */
export const plainOf = ({ reads, cut }: Story): Read[] =>
  reads.filter((read) => read.token === undefined && isIn(read, cut));

/** And after it, until it had to know again what it missed. */
export const plainSince = ({ reads, cutAndAfter }: Story): Read[] =>
  reads.filter((read) => read.token === undefined && isIn(read, cutAndAfter));

/** Answers without what was written meanwhile, and asked after the client had been told of that. */
export const lacking = (story: Story, write: Write): Read[] =>
  plainSince(story).filter((read) => lacks(read, write));

export const lacks = (read: Read, write: Write): boolean =>
  read.f === 'list' &&
  isShown(read) &&
  read.start > write.end &&
  !has(read, write.order, write.version);

export const missedMs = (read: Read, write: Write): number => (read.start - write.end) / 1000;

/** So slow was the machine while the view was cut off: at worst between a question and its answer, or until the next one. */
export function slownessMs(story: Story): number {
  const reads = plainOf(story);
  const gaps = reads.slice(1).map((read, n) => (read.start - (reads[n]?.end ?? 0)) / 1000);
  return Math.max(0, ...reads.filter((read) => Number.isFinite(read.end)).map(tookMs), ...gaps);
}

function readsOf(history: History): Read[] {
  type Said = { orders?: unknown; total?: number; ageMs?: number };
  return (['list', 'summary'] as const)
    .flatMap((f) =>
      history.operations<Question, Said>(f).map((one): Read => {
        const said = one.outcome === 'ok' ? one.answer : undefined;
        return {
          f,
          reader: one.process,
          customer: one.asked.customer,
          token: one.asked.token,
          outcome: one.outcome,
          orders: f === 'list' ? (said?.orders as Shown[] | undefined) : undefined,
          summary: f === 'summary' ? (said as Summary | undefined) : undefined,
          ageMs: said?.ageMs,
          ...{ start: one.start, end: one.end, line: one.completedOn ?? one.invokedOn },
        };
      }),
    )
    .sort((a, b) => a.start - b.start);
}

function writesOf(history: History): Write[] {
  return history
    .operations<unknown, { id: string; version: number; token: string }>('write')
    .flatMap(({ outcome, answer, start, end, completedOn, invokedOn }) =>
      outcome === 'ok' && answer
        ? [
            {
              ...{ token: answer.token, order: answer.id, version: answer.version },
              ...{ start, end, line: completedOn ?? invokedOn },
            },
          ]
        : [],
    );
}

function toldIn(history: History): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const { value, line, at } of history.notes<ObservedNote>('observed')) {
    const { key, body } = value.message;
    const { order, version, customer, amount } = (body ?? {}) as Record<string, unknown>;
    if (!isEventName(key) || typeof order !== 'string' || typeof version !== 'number') continue;
    const token = `${order}@${version}`;
    if (told.has(token)) continue;
    const status: Status = statusAfter[key];
    told.set(token, {
      ...{ id: order, version, status, line, at },
      amount: Number(amount),
      customer: String(customer),
    });
  }
  return told;
}
