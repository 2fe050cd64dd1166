import fc from 'fast-check';
import type { CheckResult } from '../../src/kata/index.js';
import { HistoryWriter } from '../../test/support/history.js';
import type { Answered, Asked, Balance, Held, Part, Row } from './notes.js';
import { check } from './rules.js';

/** Histories by hand, for check.test.ts. */
export const opening: Balance[] = ['a-1', 'a-2', 'a-3'].map((id) => ({ id, balance: 100 }));
const all = { fault: 'crash', retries: 100 };

type Told = 'done' | NonNullable<Answered['reason']> | 'broken';

/** One request, with what it was told and when it began and ended among the others. */
export interface Scene {
  id: string;
  from: string;
  to: string;
  amount: number;
  part: Part;
  told: Told;
  retries?: number;
}

/** A story as a right bank would have it; each test breaks one thing of it. */
export interface Tale {
  /** Asked for all at once. */
  crowd: Scene[];
  /** One after the other, after that. */
  after: Scene[];
  rows: Row[];
  /** What the accounts hold at the end beyond what the rows leave them. */
  beyond: Record<string, number>;
  /** While the crowd is under way. */
  reads: Balance[][];
  held: Held[];
  /** Transfers that were told to be done before they could be found. */
  notYet: string[];
  /** Sessions that the refusals left open. */
  leftOpen: number;
}

export const scene = (id: string, route: string, amount: number, told: Told, part: Part): Scene => {
  const [from = '', to = ''] = route.split('→').map((n) => `a-${n}`);
  return { id, from, to, amount, part, told };
};

export const rowOf = ({ id, from, to, amount }: Scene): Row => ({
  id,
  payer: from,
  payee: to,
  amount,
});

export function rightTale(): Tale {
  const crowd = [
    scene('t-1', '1→2', 30, 'done', 'crowd'),
    scene('t-2', '2→1', 20, 'done', 'crowd'),
    scene('t-3', '3→1', 10, 'broken', 'crowd'),
  ];
  const after = [
    scene('t-4', '3→2', 101, 'insufficient-funds', 'alone'),
    scene('crash-1', '2→3', 25, 'broken', 'held'),
    scene('crash-1', '2→3', 25, 'done', 'again'),
  ];
  return {
    crowd,
    after,
    rows: [...crowd.slice(0, 2), ...after.slice(2)].map(rowOf),
    beyond: {},
    reads: [opening],
    held: [{ transfer: 'crash-1', fault: 'crash', moment: 'before-credit', reached: true }],
    notYet: [],
    leftOpen: 0,
  };
}

function finalOf({ rows, beyond }: Tale): Balance[] {
  return opening.map(({ id, balance }) => {
    const into = rows.filter((row) => row.payee === id).reduce((sum, row) => sum + row.amount, 0);
    const out = rows.filter((row) => row.payer === id).reduce((sum, row) => sum + row.amount, 0);
    return { id, balance: balance + into - out + (beyond[id] ?? 0) };
  });
}

export function judge(tale: Tale, firstLine = 1, options = all): CheckResult {
  const writer = new HistoryWriter();
  writer.note('opening', opening);
  const ops = tale.crowd.map((one, n) => writer.invoke(n, 'transfer', askedIn(one)));
  tale.reads.forEach((balances) => {
    writer.note('read', { balances, tookMs: 0 });
  });
  tale.crowd.forEach((one, n) => {
    complete(writer, ops[n] ?? -1, one);
  });
  for (const one of tale.after) {
    const op = writer.invoke(0, 'transfer', askedIn(one));
    const held = tale.held.find(({ transfer }) => transfer === one.id);
    if (one.part === 'held' && one.told === 'broken') writer.note('held', held);
    complete(writer, op, one);
    if (one.part === 'held' && one.told !== 'broken') writer.note('held', held);
    if (one.told === 'done')
      writer.note('looked-up', { transfer: one.id, there: !tale.notYet.includes(one.id) });
  }
  writer.note('left-open', { transfer: 't-4', sessions: tale.leftOpen });
  writer.note('final', { balances: finalOf(tale), transfers: tale.rows, deadlocks: 4 });
  return check(writer.history(firstLine), options);
}

const askedIn = ({ id, from, to, amount, part }: Scene): Asked => ({ id, from, to, amount, part });

function complete(writer: HistoryWriter, op: number, { told, retries = 0 }: Scene): void {
  if (told === 'broken') writer.unknown(op, { kind: 'connection', detail: 'ECONNRESET' });
  else if (told === 'done') writer.complete(op, 'ok', { retries });
  else writer.complete(op, 'fail', { reason: told, retries });
}

export const wish = fc.record({
  from: fc.integer({ min: 1, max: 3 }),
  by: fc.integer({ min: 1, max: 2 }),
  amount: fc.integer({ min: 1, max: 80 }),
  answer: fc.constantFrom('told', 'lost-before', 'lost-after'),
});

/** Serves the wishes one by one, as they come, and loses some questions and some answers. */
export function bankOf(
  wishes: { from: number; by: number; amount: number; answer: string }[],
): Tale {
  const tale = { ...rightTale(), crowd: [] as Scene[], rows: [] as Row[], held: [], after: [] };
  const balances = new Map(opening.map(({ id, balance }) => [id, balance]));
  wishes.forEach(({ from, by, amount, answer }, n) => {
    const to = ((from - 1 + by) % 3) + 1;
    const one = scene(`t-${n}`, `${from}→${to}`, amount, 'done', 'crowd');
    const held = balances.get(one.from) ?? 0;
    const moves = answer !== 'lost-before' && held >= amount;
    if (moves) {
      tale.rows.push(rowOf(one));
      balances.set(one.from, held - amount);
      balances.set(one.to, (balances.get(one.to) ?? 0) + amount);
    }
    const told = moves ? 'done' : 'insufficient-funds';
    tale.crowd.push({ ...one, told: answer === 'told' ? told : 'broken' });
  });
  return tale;
}
