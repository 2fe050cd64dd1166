import type { SpanSeen } from './telemetry.js';

/**
 * The history of a run: what the clients saw, in the order in which they saw it. An operation is
 * invoked and ends `ok` (took effect), `fail` (took none) or `unknown`: a timeout or a broken
 * connection says nothing about the effect (Jepsen's `info`), so it is never a failure.
 */
export type HistoryEvent = OperationEvent | NoteEvent;

interface EventBase {
  /** Which case of the run, counted from 0. */
  readonly case: number;
  /** Microseconds since the case began, from a monotonic clock. */
  readonly at: number;
}

export interface OperationEvent extends EventBase {
  readonly type: 'invoke' | 'ok' | 'fail' | 'unknown';
  /** Joins an invocation with its completion; unique in its case. */
  readonly op: number;
  /** The virtual user: it has at most one operation under way. */
  readonly process: number;
  /** Of a system: the role that was asked. */
  readonly role?: string;
  /** What was asked: `purchase`, `transfer`, … */
  readonly f: string;
  /** `invoke`: what was asked for. `ok`: what the answer said. `fail`: why it was refused. */
  readonly value: unknown;
  /** Why the outcome is unknown, or how the answer broke the contract. */
  readonly problem?: Problem;
}

/** A fact of the experiment rather than of a client: a restock, a fault, the final state. */
export interface NoteEvent extends EventBase {
  readonly type: 'note';
  readonly f: string;
  readonly value: unknown;
}

export interface Problem {
  readonly kind: 'timeout' | 'connection' | 'contract';
  /** One line: `ECONNRESET`, `no answer within 10 s`, `status 418`. */
  readonly detail: string;
  /** For `timeout`: how long was waited, and whether for an answer to anybody at all. */
  readonly withinMs?: number;
  readonly toAnybody?: true;
  /** For `contract`: what was sent, what the contract allows, and what came. */
  readonly request?: string;
  readonly expected?: string;
  readonly received?: string;
  /**
   * It says nothing about the program under test: between the lab and a service of its own, or of a
   * client that hung up when it meant to.
   */
  readonly own?: true;
}

/** An operation with both its ends. One that never ended is unknown, with `end` at infinity. */
export interface Operation<Asked = unknown, Answer = unknown> {
  readonly op: number;
  readonly process: number;
  /** Of a system: the role that was asked. */
  readonly role?: string;
  readonly f: string;
  readonly asked: Asked;
  readonly outcome: 'ok' | 'fail' | 'unknown';
  readonly answer: Answer | undefined;
  readonly problem: Problem | undefined;
  /** Microseconds since the case began. */
  readonly start: number;
  readonly end: number;
  /** Lines in history.jsonl, counted from 1: of the invocation and of the completion. */
  readonly invokedOn: number;
  readonly completedOn: number | undefined;
}

/**
 * The part of a history that belongs to one case, with the line that it begins on, and what its
 * programs have told of themselves.
 */
export class History {
  readonly #firstLine: number;
  readonly events: readonly HistoryEvent[];
  /** In the order in which they came; of a kata with telemetry. */
  readonly spans: readonly SpanSeen[];

  constructor(events: readonly HistoryEvent[], firstLine = 1, spans: readonly SpanSeen[] = []) {
    this.events = events;
    this.#firstLine = firstLine;
    this.spans = spans;
  }

  /** In history.jsonl, counted from 1. @param at which of `events`, counted from 0 */
  lineOf(at: number): number {
    return this.#firstLine + at;
  }

  /** Operations of a kind, in the order of their invocations. */
  operations<Asked = unknown, Answer = unknown>(f?: string): Operation<Asked, Answer>[] {
    const found = new Map<number, Operation<Asked, Answer>>();
    this.events.forEach((event, index) => {
      if (event.type === 'note' || (f !== undefined && event.f !== f)) return;
      const line = this.#firstLine + index;
      if (event.type === 'invoke') found.set(event.op, invoked(event, line));
      else {
        const begun = found.get(event.op);
        if (!begun)
          throw new Error(`history line ${line}: operation ${event.op} was never invoked`);
        if (begun.completedOn !== undefined)
          throw new Error(`history line ${line}: operation ${event.op} ended twice`);
        found.set(event.op, completed(begun, event, line));
      }
    });
    return [...found.values()];
  }

  /** The notes of a kind, with their lines. */
  notes<V = unknown>(f: string): { value: V; at: number; line: number }[] {
    return this.events.flatMap((event, index) =>
      event.type === 'note' && event.f === f
        ? [{ value: event.value as V, at: event.at, line: this.#firstLine + index }]
        : [],
    );
  }
}

function invoked<A, B>(event: OperationEvent, line: number): Operation<A, B> {
  return {
    op: event.op,
    process: event.process,
    ...(event.role !== undefined && { role: event.role }),
    f: event.f,
    asked: event.value as A,
    outcome: 'unknown',
    answer: undefined,
    problem: undefined,
    start: event.at,
    end: Number.POSITIVE_INFINITY,
    invokedOn: line,
    completedOn: undefined,
  };
}

function completed<A, B>(
  begun: Operation<A, B>,
  event: OperationEvent,
  line: number,
): Operation<A, B> {
  return {
    ...begun,
    outcome: event.type === 'invoke' ? 'unknown' : event.type,
    answer: event.value as B,
    problem: event.problem,
    end: event.at,
    completedOn: line,
  };
}

/** The most operations that were under way at one moment. */
export function mostUnderWay(operations: readonly Operation[]): number {
  const edges = operations.flatMap(({ start, end }) => [
    { at: start, step: 1 },
    { at: end, step: -1 },
  ]);
  // An end and a start in the same microsecond did not overlap.
  edges.sort((a, b) => a.at - b.at || a.step - b.step);
  let now = 0;
  let most = 0;
  for (const { step } of edges) {
    now += step;
    most = Math.max(most, now);
  }
  return most;
}
