import type { Strategy } from './bank.js';
import { move } from './move.js';

/**
 * Every statement is a transaction of its own. Between the debit and the credit the money is
 * nowhere: whoever reads the accounts then misses it, and a crash then leaves it missing for good.
 */
export const noTransaction: Strategy = ({ pool, think }, transfer) =>
  move(pool, { think }, transfer);
