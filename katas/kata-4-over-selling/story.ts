import { isOk, type History, type Operation } from '../../src/kata/index.js';
import type { LookedUp, Row, Shop } from './notes.js';

interface Asked {
  buyer: string;
  sku: string;
  quantity: number;
}

interface Answered {
  id?: string;
  stock?: number;
  retries: number;
  reason?: 'sold-out' | 'gave-up';
}

export type Purchase = Operation<Asked, Answered>;

/** What the rules look at, drawn once from the history. */
export interface Story {
  sku: string;
  initial: number;
  restocked: number;
  burst: Purchase[];
  late: Purchase[];
  lookedUp: LookedUp[];
  shop: Shop;
}

export function readStory(history: History, initial: number): Story {
  const restock = history.notes<{ units: number }>('restock')[0];
  const final = history.notes<Shop>('final')[0];
  if (!restock || !final) throw new Error('the history has no restock or no final state');
  const purchases = history.operations<Asked, Answered>('purchase');
  const isBurst = (p: Purchase): boolean => p.invokedOn < restock.line;
  return {
    sku: purchases[0]?.asked.sku ?? '',
    initial,
    restocked: restock.value.units,
    burst: purchases.filter(isBurst),
    late: purchases.filter((p) => !isBurst(p)),
    lookedUp: history.notes<LookedUp>('looked-up').map(({ value }) => value),
    shop: final.value,
  };
}

/**
 * Units that rows of these buyers hold, and those that were acknowledged without a row: a sale
 * that was told but not stored is a fault of its own, and no unit left to sell.
 */
export function unitsSold(purchases: readonly Purchase[], { purchases: rows }: Shop): number {
  const asked = new Set(purchases.map((p) => p.asked.buyer));
  const stored = new Set(rows.map((row) => row.buyer));
  const onlyTold = purchases.filter((p) => isOk(p) && !stored.has(p.asked.buyer));
  return unitsIn(rows.filter((row) => asked.has(row.buyer))) + onlyTold.length;
}

export function unitsIn(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + row.quantity, 0);
}
