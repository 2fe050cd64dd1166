import type { Lab } from '../../src/kata/index.js';
import { Branch } from './experiment/branch.js';

const moments = ['before-credit', 'before-debit', 'before-record'] as const;

interface Options {
  readonly fault: string;
  readonly transfers: number;
  readonly users: number;
  readonly accounts: number;
}

export async function experiment(
  lab: Lab,
  { fault, transfers, users, accounts }: Options,
): Promise<void> {
  const branch = new Branch(lab);
  await branch.openAccounts(accounts);
  let bank = await lab.start();
  await branch.crowd(bank, { transfers, users, accounts });
  await branch.alone(bank);
  await branch.headOn(bank);

  // Whichever of its rows a program writes last, one of the moments is in between.
  if (fault === 'crash' || fault === 'all')
    for (const moment of moments) {
      const crash = { fault: 'crash', moment } as const;
      await branch.holdBetween(bank, crash, () => bank.kill());
      bank = await lab.start();
      // What is not done now would not be the next time either.
      if (!(await branch.askAgain(bank, crash))) break;
    }

  // The bank that never crashed comes back too: what it must remember is in the database.
  await bank.stop();
  if (fault === 'cut' || fault === 'all') {
    const proxy = await lab.proxy('database');
    bank = await lab.start({ database: proxy });
    for (const moment of moments) {
      const cut = { fault: 'cut', moment } as const;
      await branch.holdBetween(bank, cut, () => proxy.cut('rst'));
      if (!(await branch.askAgain(bank, cut))) break;
    }
  } else bank = await lab.start();
  await branch.repeatAcknowledged(bank);

  await bank.stop();
  await branch.close();
}
