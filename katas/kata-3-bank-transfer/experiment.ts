import type { Lab, Program, Proxy } from '../../src/kata/index.js';
import { Branch } from './experiment/branch.js';
import { meet, stopInHand } from './experiment/meetings.js';

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
  await lab.act('crowd', () => branch.crowd(bank, { transfers, users, accounts }));
  await lab.act('alone', () => branch.alone(bank));
  await lab.act('head-on', () => meet(lab, branch, bank));

  // Whichever of its rows a program writes last, one of the moments is in between.
  if (fault === 'crash' || fault === 'all')
    await lab.act('crash', async () => {
      for (const moment of moments) {
        const crash = { fault: 'crash', moment } as const;
        await branch.holdBetween(bank, crash, () => bank.kill());
        bank = await lab.start();
        // What is not done now would not be the next time either.
        if (!(await branch.askAgain(bank, crash))) break;
      }
    });

  // The bank that never crashed comes back too: what it must remember is in the database.
  const isStopped = await lab.act('stop', async () => {
    await stopInHand(lab, branch, bank);
    return true;
  });
  if (!isStopped) await bank.stop();
  const proxy = fault === 'cut' || fault === 'all' ? await lab.proxy('database') : undefined;
  bank = await lab.start(proxy && { database: proxy });
  if (proxy) await lab.act('cut', () => cutOff(branch, bank, proxy));
  await branch.repeatAcknowledged(bank);

  await bank.stop();
  await branch.close();
}

async function cutOff(branch: Branch, bank: Program, proxy: Proxy): Promise<void> {
  for (const moment of moments) {
    const cut = { fault: 'cut', moment } as const;
    await branch.holdBetween(bank, cut, () => proxy.cut('rst'));
    if (!(await branch.askAgain(bank, cut))) return;
  }
  for (const moment of ['before-commit', 'after-commit'] as const) {
    await branch.loseCommit(bank, proxy, moment);
    if (!(await branch.askAgain(bank, { fault: 'cut', moment }))) return;
  }
  await branch.readAgain(bank);
}
