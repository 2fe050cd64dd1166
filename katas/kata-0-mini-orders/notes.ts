import type { UpstreamCall } from '../../src/kata/index.js';
import type { Order } from './contract.js';

export type { Order };

export type Replica = 'A' | 'B';

/** A question for an order, and to whom. */
export interface Read {
  readonly id: string;
  readonly replica: Replica;
}

/** What became of the request whose client went away. */
export interface Abandoned {
  readonly order: Order;
  readonly replica: Replica;
  /** `gave-up` while the call upstream was under way, as planned. */
  readonly outcome: 'gave-up' | 'answered' | 'no-answer';
  readonly status: number | null;
}

/** What upstream answers to a call; runs of before have no such notes, and it always confirmed. */
export interface UpstreamSaid {
  /** Which call, counted from 0. */
  readonly call: number;
  readonly order: string;
  /** Null: the connection was broken. */
  readonly status: number | null;
}

/** Whether a part of the experiment came about, by the name of its condition. */
export interface Came {
  readonly condition:
    'upstream-refused' | 'upstream-was-slow' | 'asked-meanwhile' | 'in-hand-at-the-restart';
  readonly met: boolean;
}

/** Read from the database once every replica has ended. */
export interface Final {
  readonly rows: readonly Order[];
}

/** The order that a call upstream is about; undefined where it is no confirmation of one. */
export function orderOf({ method, path, text }: UpstreamCall): string | undefined {
  if (method !== 'POST' || path !== '/confirmations') return undefined;
  try {
    const { order } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
    return typeof order === 'string' ? order : undefined;
  } catch {
    return undefined;
  }
}
