import type { UpstreamCall } from '../../src/kata/index.js';

export interface Order {
  readonly id: string;
  readonly item: string;
}

/** A question for an order, and to whom. */
export interface Read {
  readonly id: string;
  readonly replica: 'A' | 'B';
}

/** What became of the request whose client went away. */
export interface Abandoned {
  readonly order: Order;
  readonly replica: 'A' | 'B';
  /** `gave-up` while the call upstream was under way, as planned. */
  readonly outcome: 'gave-up' | 'answered' | 'no-answer';
  readonly status: number | null;
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
