import type { FreezePoint, Lab, Program } from '../../../src/kata/index.js';
import type { Branch } from './branch.js';
import type { Transfer } from './points.js';

type Bank = Parameters<Branch['ask']>[0];

const holdLimitMs = 5_000;
const waitedForMs = 2_000;
/** So long one is slow while another stands behind it. */
const slowMs = 800;
/** Longer than the second after which some give up on a lock. */
const slowerMs = 1_200;

/** Two transfers that meet, one held until the other has come as far as it can. */
export async function meet(lab: Lab, branch: Branch, bank: Bank): Promise<void> {
  await headOn(lab, branch, bank);
  await samePayer(lab, branch, bank);
  await sameId(lab, branch, bank);
  await notYetDone(lab, branch, bank);
}

/**
 * The first of two opposite transfers is held once its payer's row is written, until the second
 * waits for that row: then each has what the other wants. Who lets one in at a time, or locks in
 * order, is not caught by it.
 */
async function headOn(lab: Lab, branch: Branch, bank: Bank): Promise<void> {
  const first = { id: 'head-on-1', from: 'alone-1', to: 'alone-2', amount: 15 };
  const second = { id: 'head-on-2', from: 'alone-2', to: 'alone-1', amount: 15 };
  await behind(lab, branch, bank, { first, second, at: paying(first) });
}

/** Each of them has enough, and both together have not. The second stands behind a slow one. */
async function samePayer(lab: Lab, branch: Branch, bank: Bank): Promise<void> {
  const first = { id: 'same-payer-1', from: 'alone-3', to: 'alone-1', amount: 600 };
  const second = { id: 'same-payer-2', from: 'alone-3', to: 'alone-2', amount: 600 };
  await behind(lab, branch, bank, { first, second, at: paying(first), slow: true });
}

/** One id for two transfers at once: the second looks for it, finds nothing, and is not done. */
async function sameId(lab: Lab, branch: Branch, bank: Bank): Promise<void> {
  const first = { id: 'same-id', from: 'alone-1', to: 'alone-3', amount: 11 };
  const second = { ...first, amount: 12 };
  await behind(lab, branch, bank, { first, second, at: recording(first) });
}

/** The same transfer once more while it stands at its COMMIT: nobody can know yet that it is done. */
async function notYetDone(lab: Lab, branch: Branch, bank: Bank): Promise<void> {
  const transfer = { id: 'not-yet', from: 'alone-1', to: 'alone-3', amount: 13 };
  const freeze = await lab.freeze({ ...recording(transfer), timing: 'commit', first: 1 });
  const first = branch.askUnseen(bank, transfer);
  const reached = await freeze.reached(1, holdLimitMs);
  let isAnswered = false;
  const again = branch.ask(bank, transfer, 'again').finally(() => {
    isAnswered = true;
  });
  if (reached) await lab.until('an answer before the COMMIT', () => isAnswered, slowMs);
  await freeze.release();
  await Promise.all([first, again]);
}

/** So long after SIGTERM it may go on: whoever ends all connections at once has long done so. */
const drainsMs = 700;

/** It is told to end while it stands at its payer's row, and finishes what it has in hand. */
export async function stopInHand(lab: Lab, branch: Branch, bank: Program): Promise<void> {
  const transfer = { id: 'in-hand', from: 'alone-1', to: 'alone-2', amount: 3 };
  const freeze = await lab.freeze(paying(transfer));
  let isAnswered = false;
  const asking = branch.askUnseen(bank, transfer).finally(() => {
    isAnswered = true;
  });
  const reached = await freeze.reached(1, holdLimitMs);
  const ending = bank.stop();
  if (reached) await lab.until('an answer after SIGTERM', () => isAnswered, drainsMs);
  await freeze.release();
  await Promise.all([asking, ending]);
}

const paying = ({ from }: Transfer): FreezePoint => ({
  ...{ table: 'accounts', on: 'update', timing: 'after', when: `NEW.id = '${from}'`, first: 1 },
});

const recording = ({ id }: Transfer): FreezePoint => ({
  ...{ table: 'transfers', on: 'insert', timing: 'after', when: `NEW.id = '${id}'`, first: 1 },
});

interface Meeting {
  readonly first: Transfer;
  readonly second: Transfer;
  /** Where the first is held. */
  readonly at: FreezePoint;
  /** Held for a while after that. */
  readonly slow?: boolean;
}

async function behind(
  lab: Lab,
  branch: Branch,
  bank: Bank,
  { first, second, at, slow = false }: Meeting,
): Promise<void> {
  const freeze = await lab.freeze(at);
  const one = branch.askUnseen(bank, first);
  const [pid] = (await freeze.reached(1, holdLimitMs)) ?? [];
  let isAnswered = false;
  const other = branch.askUnseen(bank, second).finally(() => {
    isAnswered = true;
  });
  if (pid !== undefined)
    await lab.until('somebody who waits for it', () => isWaitedFor(lab, pid), waitedForMs);
  if (slow) await lab.until('an answer to who waits', () => isAnswered, slowerMs);
  await freeze.release();
  await Promise.all([one, other]);
}

async function isWaitedFor({ database }: Lab, pid: number): Promise<boolean> {
  const waiting = await database.query(
    `SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND $1 = ANY (pg_blocking_pids(pid))`,
    [pid],
  );
  return waiting.length > 0;
}
