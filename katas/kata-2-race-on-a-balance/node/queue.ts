import { Accounts, decide, type Outcome, type Strategy } from './bank.js';

/**
 * One owner an account. Nobody else touches its balance: they put a message into its inbox and
 * wait for the answer. The owner takes one message at a time, so it needs no lock, and what would
 * be a wait for a lock is now a queue that can be seen, measured and bounded.
 */
export const queue: Strategy = (think) => {
  const accounts = new Accounts(() => new Owner(think));
  return {
    change: (name, amount) => accounts.find(name).ask(amount),
    // A read is a message too: it sees what was written before it, and nothing half done.
    balanceOf: async (name) => (await accounts.find(name).ask(0)).balance,
  };
};

interface Message {
  readonly amount: number;
  readonly answer: (outcome: Outcome) => void;
  readonly fail: (reason: unknown) => void;
}

class Owner {
  #balance = 0;
  #working = false;
  readonly #inbox: Message[] = [];
  readonly #think: () => Promise<void>;

  constructor(think: () => Promise<void>) {
    this.#think = think;
  }

  ask(amount: number): Promise<Outcome> {
    return new Promise((answer, fail) => {
      this.#inbox.push({ amount, answer, fail });
      if (!this.#working) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let message = this.#inbox.shift(); message; message = this.#inbox.shift())
      await this.#handle(message).then(message.answer, message.fail);
    this.#working = false;
  }

  async #handle({ amount }: Message): Promise<Outcome> {
    if (amount !== 0) await this.#think();
    const outcome = decide(this.#balance, amount);
    this.#balance = outcome.balance;
    return outcome;
  }
}
