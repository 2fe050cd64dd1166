import type { FreezePoint } from '../../../src/kata/index.js';
import type { Asked, Held } from '../notes.js';

export type Transfer = Omit<Asked, 'part'>;
/** Where a transfer is interrupted, and how. */
export type Point = Pick<Held, 'fault' | 'moment'>;

/** What each account of the crowd, and of these, is opened with: little enough that some are refused. */
export const opening = 100;

/** One for each point, between accounts of its own. */
export const heldTransfers: readonly (Transfer & Point)[] = [
  { fault: 'crash', moment: 'before-credit', ...between('crash-1', 25) },
  { fault: 'crash', moment: 'before-debit', ...between('crash-2', 35) },
  { fault: 'crash', moment: 'before-record', ...between('crash-3', 15) },
  { fault: 'cut', moment: 'before-credit', ...between('cut-1', 45) },
  { fault: 'cut', moment: 'before-debit', ...between('cut-2', 55) },
  { fault: 'cut', moment: 'before-record', ...between('cut-3', 20) },
  { fault: 'cut', moment: 'before-commit', ...between('cut-4', 30) },
  { fault: 'cut', moment: 'after-commit', ...between('cut-5', 40) },
];

function between(id: string, amount: number): Transfer {
  return { id, from: `${id}-payer`, to: `${id}-payee`, amount };
}

export function heldAt({ fault, moment }: Point): Transfer {
  const found = heldTransfers.find((one) => one.fault === fault && one.moment === moment);
  if (!found) throw new Error(`there is no transfer for ${fault} ${moment}`);
  const { id, from, to, amount } = found;
  return { id, from, to, amount };
}

export function writeAt({ moment }: Point, { id, from, to }: Transfer): FreezePoint {
  if (moment === 'before-record')
    return { table: 'transfers', on: 'insert', when: `NEW.id = '${id}'` };
  const account = moment === 'before-credit' ? to : from;
  return { table: 'accounts', on: 'update', when: `NEW.id = '${account}'` };
}
