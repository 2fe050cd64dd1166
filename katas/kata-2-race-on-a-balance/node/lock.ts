import { Accounts, decide, type Strategy } from './bank.js';

/**
 * One lock an account. Whoever wants to read and write its balance waits until nobody else is
 * between the two, awaits included. Other accounts don't wait: each has a lock of its own.
 */
export const lock: Strategy = (think) => {
  const accounts = new Accounts(() => ({ balance: 0, mutex: new Mutex() }));
  return {
    async change(name, amount) {
      const account = accounts.find(name);
      await account.mutex.lock();
      try {
        const { balance } = account;
        await think();
        const outcome = decide(balance, amount);
        if (outcome.done) account.balance = outcome.balance;
        return outcome;
      } finally {
        // Also where something threw: a lock that is never given back stops the account for ever.
        account.mutex.unlock();
      }
    },
    async balanceOf(name) {
      const account = accounts.find(name);
      await account.mutex.lock();
      try {
        return account.balance;
      } finally {
        account.mutex.unlock();
      }
    },
  };
};

/** First come, first served. */
class Mutex {
  #locked = false;
  readonly #waiting: (() => void)[] = [];

  async lock(): Promise<void> {
    if (this.#locked) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#locked = true;
  }

  unlock(): void {
    const next = this.#waiting.shift();
    // Handed on without ever being free, or a newcomer could slip in before the one who waited.
    if (next) next();
    else this.#locked = false;
  }
}
