import { Accounts, decide, type Strategy } from './bank.js';

/**
 * Read, think, write. One thread runs all of this, and still it is a race: at the await the thread
 * goes on with other requests. Two of them read the same balance, and whoever writes last wipes
 * out what the other wrote. "Node has no races because it has one thread" holds up to the await.
 */
export const none: Strategy = (think) => {
  const accounts = new Accounts(() => ({ balance: 0 }));
  return {
    async change(name, amount) {
      const account = accounts.find(name);
      const { balance } = account;

      await think();

      // What was read is old by now.
      const outcome = decide(balance, amount);
      if (outcome.done) account.balance = outcome.balance;
      return outcome;
    },
    balanceOf: (name) => Promise.resolve(accounts.find(name).balance),
  };
};
