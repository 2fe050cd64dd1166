/** What became of a deposit or a withdrawal, and the balance after it. */
export interface Outcome {
  readonly done: boolean;
  readonly balance: number;
}

export interface Bank {
  /** @param amount more than 0 for a deposit, less than 0 for a withdrawal */
  change(account: string, amount: number): Promise<Outcome>;
  balanceOf(account: string): Promise<number>;
}

/**
 * One way to keep balances.
 * @param think the time that a real bank spends between reading and writing (limits, fraud, …)
 */
export type Strategy = (think: () => Promise<void>) => Bank;

/** The rule of the bank, the same in every strategy: nobody takes what is not there. */
export function decide(balance: number, amount: number): Outcome {
  const after = balance + amount;
  return after < 0 ? { done: false, balance } : { done: true, balance: after };
}

/** Accounts by name, each made on its first use. */
export class Accounts<Account> {
  readonly #open: () => Account;
  readonly #byName = new Map<string, Account>();

  constructor(open: () => Account) {
    this.#open = open;
  }

  /** Without an await between looking and making, so that nobody makes the same account twice. */
  find(name: string): Account {
    let account = this.#byName.get(name);
    if (account === undefined) {
      account = this.#open();
      this.#byName.set(name, account);
    }
    return account;
  }
}
