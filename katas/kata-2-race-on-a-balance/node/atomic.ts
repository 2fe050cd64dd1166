import { Accounts, decide, type Strategy } from './bank.js';

/**
 * Think first, then read, decide and write in one step without an await. Node runs JavaScript on
 * one thread and switches to another request only where this one awaits or returns, so nobody can
 * come between the two lines below. That suffices in one process: worker threads with shared memory
 * would need Atomics, and several processes a database.
 *
 * Nobody waits for anybody. The price: what `think` finds out must not depend on the balance.
 */
export const atomic: Strategy = (think) => {
  const accounts = new Accounts(() => ({ balance: 0 }));
  return {
    async change(name, amount) {
      const account = accounts.find(name);
      await think();

      const outcome = decide(account.balance, amount);
      account.balance = outcome.balance;
      return outcome;
    },
    balanceOf: (name) => Promise.resolve(accounts.find(name).balance),
  };
};
