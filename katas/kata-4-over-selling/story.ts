import { isOk, isUnknown, type History, type Operation } from '../../src/kata/index.js';
import {
  rushSku,
  type Asked,
  type Counted,
  type LookedUp,
  type Restock,
  type Row,
} from './notes.js';
import type { Shelf as PutUp, Shop } from './notes.js';

interface Answered {
  id?: string;
  stock?: number;
  retries: number;
  reason?: 'sold-out' | 'gave-up';
}

export type Purchase = Operation<Asked, Answered>;

/** What was put up for sale of one sku, and who asked for it. */
export interface Shelf {
  sku: string;
  initial: number;
  restocked: number;
  purchases: Purchase[];
}

/** What the rules look at, drawn once from the history. */
export interface Story {
  initial: number;
  restocked: number;
  /** Of the rush: all at once, and those who came after the first delivery. */
  burst: Purchase[];
  late: Purchase[];
  /** Of every act. */
  asked: Purchase[];
  /** That of the rush first. */
  shelves: Shelf[];
  /** By buyer, the units that were there just before. */
  counted: ReadonlyMap<string, number>;
  lookedUp: LookedUp[];
  shop: Shop;
  /** Lines of the warehouse's deliveries, by sku. */
  deliveries: { sku: string; line: number }[];
}

export function readStory(history: History, initial: number): Story {
  const restocks = history
    .notes<Restock>('restock')
    .map(({ value: { units, sku = rushSku }, line }) => ({ units, sku, line }));
  const final = history.notes<Shop>('final')[0];
  if (!final) throw new Error('the history has no final state');
  const asked = history.operations<Asked, Answered>('purchase');
  const shelf = ({ sku, units }: PutUp): Shelf => ({
    sku,
    initial: units,
    restocked: sum(restocks.filter((one) => one.sku === sku)),
    purchases: asked.filter((p) => p.asked.sku === sku),
  });
  const rush = shelf({ sku: rushSku, units: initial });
  const restockedOn = restocks.find(({ sku }) => sku === rushSku)?.line ?? Infinity;
  return {
    initial,
    restocked: rush.restocked,
    burst: rush.purchases.filter((p) => p.invokedOn < restockedOn),
    late: rush.purchases.filter((p) => p.invokedOn > restockedOn),
    asked,
    shelves: [rush, ...history.notes<PutUp>('shelf').map(({ value }) => shelf(value))],
    counted: new Map(
      history.notes<Counted>('counted').map(({ value: { buyer, before } }) => [buyer, before]),
    ),
    lookedUp: history.notes<LookedUp>('looked-up').map(({ value }) => value),
    shop: final.value,
    deliveries: restocks,
  };
}

/**
 * What the database held just before this buyer asked, if that is sure: undefined where nobody
 * counted, or where an earlier purchase of the sku may still have been under way.
 */
export function countedBefore(
  { asked, counted, lookedUp }: Story,
  p: Purchase,
): number | undefined {
  if (!counted.has(p.asked.buyer)) return undefined;
  const ids = new Map(lookedUp.map((one) => [one.buyer, one.ids]));
  const settled = (one: Purchase): boolean => {
    const there = ids.get(one.asked.buyer);
    return !isUnknown(one) && (!isOk(one) || !there || there.includes(one.answer?.id ?? ''));
  };
  const earlier = asked.filter(
    (one) => one.asked.sku === p.asked.sku && one.invokedOn < p.invokedOn,
  );
  return earlier.every(settled) ? counted.get(p.asked.buyer) : undefined;
}

/**
 * Units that rows of these buyers hold, and those that were acknowledged without a row: a sale
 * that was told but not stored is a fault of its own, and no unit left to sell.
 */
export function unitsSold(purchases: readonly Purchase[], { purchases: rows }: Shop): number {
  const asked = new Set(purchases.map((p) => p.asked.buyer));
  const stored = new Set(rows.map((row) => row.buyer));
  const onlyTold = purchases.filter((p) => isOk(p) && !stored.has(p.asked.buyer));
  return unitsIn(rows.filter((row) => asked.has(row.buyer))) + unitsWanted(onlyTold);
}

export function unitsWanted(purchases: readonly Purchase[]): number {
  return purchases.reduce((units, p) => units + p.asked.quantity, 0);
}

export function unitsIn(rows: readonly Row[]): number {
  return rows.reduce((units, row) => units + row.quantity, 0);
}

function sum(deliveries: readonly { units: number }[]): number {
  return deliveries.reduce((units, one) => units + one.units, 0);
}
