import type { SpanKind, SpanSeen } from '../telemetry.js';

/** All that is known of one request: what programs told of it, and what the lab saw. */
export interface Thread {
  /** What it is known by, the surest first: an order's id, a request's, a trace's. */
  readonly names: readonly string[];
  readonly traceIds: readonly string[];
  /** By when they began, each below its parent or below what it links to. */
  readonly spans: readonly TracedSpan[];
  readonly totalMs: number;
  readonly gaps: readonly Gap[];
  readonly seen: readonly Seen[];
  /** It was asked for as the slowest, and was the first of its case: the slowest after it. */
  readonly afterFirst?: { readonly name: string; readonly ms: number };
}

export interface TracedSpan {
  readonly service: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly traceId: string;
  readonly spanId: string;
  /** How far below a span without a parent it stands. */
  readonly depth: number;
  /** It links to the one above it, and is no child of it. */
  readonly isLinked?: true;
  /** Milliseconds since the first span began. */
  readonly startMs: number;
  readonly ms: number;
  readonly status: SpanSeen['status'];
  readonly message?: string;
}

/** Where the thread is cut. */
export type Gap =
  /** Nobody told of the parent that a span names. */
  | {
      readonly kind: 'orphan';
      readonly service: string;
      readonly span: string;
      readonly parentId: string;
    }
  /** Its spans are several graphs: where each begins. */
  | {
      readonly kind: 'cut';
      readonly service: string;
      readonly span: string;
      readonly traceId: string;
    };

/** What the lab saw: a client's question and its answer, a message, a row. */
export interface Seen {
  readonly kind: 'asked' | 'answered' | 'message' | 'note';
  /** Milliseconds since the case began. */
  readonly atMs: number;
  /** Line of history.jsonl, counted from 1. */
  readonly line: number;
  /** `place → api`, `OrderPlaced`, `rows` */
  readonly what: string;
  /** As JSON. */
  readonly detail: string;
}
