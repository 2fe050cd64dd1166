import { isOk, isUnknown, lineOf, type History, type Operation } from '../../src/kata/index.js';
import {
  rushSku,
  type Asked,
  type Counted,
  type Halfway,
  type LookedUp,
  type Restock,
  type Row,
} from './notes.js';
import type { Shelf as PutUp, Shop } from './notes.js';

interface Answered {
  id?: string;
  stock?: number;
  retries: number;
  reason?: 'sold-out' | 'gave-up' | 'no-purchase';
}

export type Purchase = Operation<Asked, Answered>;

/** What was put up for sale of one sku, and who asked for it. */
export interface Shelf {
  sku: string;
  initial: number;
  restocked: number;
  purchases: Purchase[];
}

/** Where in the history. */
export interface Placed {
  line: number;
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
  /** The units that were there just before a buyer asked. */
  counted: (Counted & Placed)[];
  lookedUp: (LookedUp & Placed)[];
  halfway: (Halfway & Placed)[];
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
    counted: history.notes<Counted>('counted').map(placed),
    lookedUp: history.notes<LookedUp>('looked-up').map(placed),
    halfway: history.notes<Halfway>('halfway').map(placed),
    shop: final.value,
    deliveries: restocks,
  };
}

function placed<T>({ value, line }: { value: T; line: number }): T & Placed {
  return { ...value, line };
}

/**
 * What the database held just before this buyer asked, if that is sure: undefined where nobody
 * counted, or where an earlier purchase of the sku may still have been under way.
 */
export function countedBefore(story: Story, p: Purchase): number | undefined {
  const { asked, counted } = story;
  const before = counted.findLast(
    ({ buyer, line }) => buyer === p.asked.buyer && line < p.invokedOn,
  )?.before;
  if (before === undefined) return undefined;
  const settled = (one: Purchase): boolean => {
    const there = idsAfter(story, one);
    return !isUnknown(one) && (!isOk(one) || !there || there.includes(one.answer?.id ?? ''));
  };
  const earlier = asked.filter(
    (one) => one.asked.sku === p.asked.sku && one.invokedOn < p.invokedOn,
  );
  return earlier.every(settled) ? before : undefined;
}

/** The purchases that were there just after this answer; undefined where nobody looked. */
export function idsAfter({ lookedUp }: Story, p: Purchase): string[] | undefined {
  return lookedUp.find(({ buyer, line }) => buyer === p.asked.buyer && line > lineOf(p))?.ids;
}

/**
 * Units that rows of these buyers hold, and those that were acknowledged without a row: a sale
 * that was told but not stored is a fault of its own, and no unit left to sell.
 */
export function unitsSold(purchases: readonly Purchase[], { purchases: rows }: Shop): number {
  const asked = new Set(purchases.map((p) => p.asked.buyer));
  const onlyTold = withoutRow(purchases.filter(isOk), rows);
  return unitsIn(rows.filter((row) => asked.has(row.buyer))) + unitsWanted(onlyTold);
}

/** As many of each buyer as have more purchases than rows. */
export function withoutRow(purchases: readonly Purchase[], rows: readonly Row[]): Purchase[] {
  const left = new Map<string, number>();
  for (const { buyer } of rows) left.set(buyer, (left.get(buyer) ?? 0) + 1);
  return purchases.filter(({ asked: { buyer } }) => {
    const rowsLeft = left.get(buyer) ?? 0;
    left.set(buyer, rowsLeft - 1);
    return rowsLeft <= 0;
  });
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
