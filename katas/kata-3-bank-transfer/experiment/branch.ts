import type { ClientRequest, Lab, Proxy } from '../../../src/kata/index.js';
import type { Balance, Final, Held, LabRead, LookedUp, Part, ReadAgain, Row } from '../notes.js';
import { lookForOpenTransactions } from './left-open.js';
import { heldAt, heldTransfers, opening, writeAt, type Point, type Transfer } from './points.js';
import { readingAccounts, transferring } from './requests.js';

type Bank = Parameters<Lab['oneByOne']>[0];

/** Accounts that nobody uses: a list that ends somewhere leaves some of them out. */
const idle = 120;
/** Accounts of transfers that are alone have enough for every mistake to show. */
const plenty = 1_000;
const mostMoved = 40;
/** A whole number, and more than PostgreSQL's integer. */
const moreThanAnybodyHas = 3_000_000_000;
/** How often one transfer is asked for at the same moment. */
const atOnce = 5;
/** How many acknowledged transfers are asked for again at the end. */
const repeated = 3;
/** A right program may serve one by one, and a server may look for deadlocks once a second. */
const patience = { answerWithinMs: 60_000 };
/** Also of a few at once. */
const patienceAlone = { answerWithinMs: 20_000 };
const holdLimitMs = 5_000;

/** The experiment's side of the counter: it asks, and looks into the books itself. */
export class Branch {
  readonly #lab: Lab;
  /** Ids that were told to be done. */
  readonly #done = new Map<string, Transfer>();

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  async openAccounts(accounts: number): Promise<void> {
    const opened: Balance[] = [
      ...namesOf(accounts).map((id) => ({ id, balance: opening })),
      ...['alone-1', 'alone-2', 'alone-3'].map((id) => ({ id, balance: plenty })),
      ...heldTransfers.flatMap(({ from, to }) => [
        { id: from, balance: opening },
        { id: to, balance: opening },
      ]),
      ...Array.from({ length: idle }, (_, n) => ({ id: `idle-${n + 1}`, balance: 0 })),
    ];
    await this.#lab.database.query(
      `INSERT INTO accounts (id, balance)
       SELECT id, balance FROM json_to_recordset($1) AS opened(id text, balance integer)`,
      [JSON.stringify(opened)],
    );
    this.#lab.note('opening', opened);
  }

  /** Opposite transfers at once, with readers among them, and the lab's own eyes on the books. */
  async crowd(
    bank: Bank,
    { transfers, users, accounts }: { transfers: number; users: number; accounts: number },
  ): Promise<void> {
    const names = namesOf(accounts);
    const requests = Math.ceil((transfers * 5) / 4);
    const reads: Promise<void>[] = [];
    let moved = 0;
    await this.#lab.closed(bank, {
      users,
      requests,
      next: (user, n) => {
        if (n % 10 === 5) reads.push(unheard(this.#read()));
        if (n % 5 === 4) return readingAccounts(user);
        moved += 1;
        return this.#asking(user, { id: `t-${moved}`, ...this.#pick(user, names) }, 'crowd');
      },
      ...patience,
    });
    await Promise.all(reads);
  }

  /** With nobody else there every answer is certain. */
  async alone(bank: Bank): Promise<void> {
    const [from, to] = ['alone-1', 'alone-2'];
    const ask = (transfer: Transfer, part: Part = 'alone'): Promise<void> =>
      this.ask(bank, transfer, part);
    const first = { id: 's-1', from, to, amount: 300 };
    await ask(first);
    await ask(first, 'again');
    await ask({ ...first, amount: 7 });
    await ask({ ...first, from: to, to: from });
    await ask({ ...first, to: 'alone-3' });
    await ask({ ...first, from: 'alone-3' });
    const tooMuch = { id: 's-2', from, to, amount: plenty - first.amount + 1 };
    await ask(tooMuch);
    await lookForOpenTransactions(this.#lab, tooMuch.id);
    const all = { id: 's-3', from, to, amount: plenty - first.amount };
    await ask(all);
    // It was done, though by now there is nothing left to do it with.
    await ask(all, 'again');
    // A refusal is no state: once the money has come in, the same request is no longer too much.
    await ask({ id: 's-9', from: to, to: from, amount: plenty });
    await ask(tooMuch, 'again');
    const unknown = { id: 's-4', from: to, to: 'nobody', amount: 10 };
    await ask(unknown);
    await lookForOpenTransactions(this.#lab, unknown.id);
    await ask({ id: 's-5', from: 'nobody', to: from, amount: 10 });
    // A name is that name and no other.
    await ask({ id: 's-10', from: from.toUpperCase(), to, amount: 10 });
    await ask({ id: 's-14', from: ` ${to}`, to: from, amount: 10 });
    await ask({ id: 's-1 ', from: to, to: from, amount: 9 });
    // What was refused binds its id to nothing.
    const beyond = { id: 's-15', from: 'alone-3', to: from, amount: plenty + 1 };
    await ask(beyond);
    await ask({ ...beyond, to, amount: 5 });
    await ask({ id: 's-11', from: to, to: from, amount: moreThanAnybodyHas });
    await ask({ id: 's-7', from, to, amount: -40 }, 'invalid');
    await ask({ id: 's-8', from: to, to, amount: 40 }, 'invalid');
    await ask({ id: 's-12', from: to, to: from, amount: 12.5 }, 'invalid');
    await ask({ id: 's-13', from: to, to: from, amount: '12' as unknown as number }, 'invalid');
    const wanted = { id: 's-6', from: to, to: from, amount: 40 };
    const burst = Array.from({ length: atOnce }, (_, n) => this.#asking(n, wanted, 'at-once'));
    await this.#lab.burst(bank, burst, patienceAlone);
    await this.#read();
  }

  /** Asks for a transfer, holds it at one of its writes, and lets the fault happen just there. */
  async holdBetween(bank: Bank, point: Point, fault: () => void | Promise<void>): Promise<void> {
    const transfer = heldAt(point);
    const freeze = await this.#lab.freeze({ ...writeAt(point, transfer), first: 1 });
    const pending = this.#lab.oneByOne(bank, [this.#asking(0, transfer, 'held')]);
    const reached = (await freeze.reached(1, holdLimitMs)) !== undefined;
    if (reached) await this.#read(transfer.id);
    this.#lab.note('held', { transfer: transfer.id, ...point, reached } satisfies Held);
    await fault();
    await freeze.abandon();
    await pending;
  }

  /**
   * Cuts the connection with COMMIT on its way, or with its answer on the way back: the program
   * cannot tell the two apart. Who sends no COMMIT, but leaves it to a statement, is not caught by it.
   */
  async loseCommit(bank: Bank, proxy: Proxy, moment: 'before-commit' | 'after-commit') {
    const point = { fault: 'cut', moment } as const;
    const transfer = heldAt(point);
    const hold =
      moment === 'before-commit'
        ? proxy.hold('to-server', { pattern: /commit/i, first: 1 })
        : proxy.hold('to-client', { pattern: 'COMMIT\0', first: 1 });
    const pending = this.#lab.oneByOne(bank, [this.#asking(0, transfer, 'held')]);
    let isAnswered = false;
    const answered = (): void => void (isAnswered = true);
    pending.then(answered, answered);
    await this.#lab.until(
      `COMMIT of ${transfer.id}`,
      () => hold.held > 0 || isAnswered,
      holdLimitMs,
    );
    const reached = hold.held > 0;
    this.#lab.note('held', { transfer: transfer.id, ...point, reached } satisfies Held);
    if (reached) hold.cut('rst');
    else hold.release();
    await pending;
  }

  /**
   * What a client does that got no answer; one that was told "done" has no reason to.
   * @returns whether it is done in the end
   */
  async askAgain(bank: Bank, point: Point): Promise<boolean> {
    const transfer = heldAt(point);
    const done = await this.#lab.until(`an answer to ${transfer.id}`, async () => {
      if (this.#done.has(transfer.id)) return true;
      await this.ask(bank, transfer, 'again');
      return this.#done.has(transfer.id);
    });
    return done ?? false;
  }

  /** All accounts, once the database can be reached again. */
  async readAgain(bank: Bank): Promise<void> {
    let tries = 0;
    let isRead = false;
    const request = readingAccounts(0);
    const read: ClientRequest['read'] = (answer) => {
      const reading = request.read(answer);
      isRead ||= reading.outcome === 'ok';
      return reading;
    };
    await this.#lab.until('an answer to GET /accounts', async () => {
      tries += 1;
      await this.#lab.oneByOne(bank, [{ ...request, read }], patienceAlone);
      return isRead;
    });
    this.#lab.note('read-again', { isRead, tries } satisfies ReadAgain);
  }

  /** The program has been started anew since: whoever kept the ids in memory has lost them. */
  async repeatAcknowledged(bank: Bank): Promise<void> {
    const crowd = [...this.#done.values()].filter(({ id }) => id.startsWith('t-'));
    for (const transfer of crowd.slice(-repeated)) await this.ask(bank, transfer, 'again');
    await this.#read();
  }

  /** The books, once nobody writes in them any more. */
  async close(): Promise<void> {
    const { database } = this.#lab;
    // A session's counts are the server's once it has ended.
    await this.#lab.until('the end of the sessions', async () => {
      const left = await database.query(
        `SELECT pid FROM pg_stat_activity
          WHERE datname = current_database() AND backend_type = 'client backend'
            AND application_name NOT LIKE 'plan%'`,
      );
      return left.length === 0;
    });
    const [counted] = await database.query<{ deadlocks: number }>(
      `SELECT deadlocks::int AS deadlocks FROM pg_stat_database WHERE datname = current_database()`,
    );
    this.#lab.note('final', {
      balances: await this.#balances(),
      transfers: await database.query<Row>(
        'SELECT id, payer, payee, amount FROM transfers ORDER BY created_at, id',
      ),
      deadlocks: counted?.deadlocks ?? 0,
    } satisfies Final);
  }

  /** Among others, and so not looked up. */
  async askUnseen(bank: Bank, transfer: Transfer): Promise<void> {
    await this.#lab.oneByOne(bank, [this.#asking(0, transfer, 'at-once')], patienceAlone);
  }

  /** One after the other, each looked up the moment it is told to be done. */
  async ask(bank: Bank, transfer: Transfer, part: Part): Promise<void> {
    const wasDone = this.#done.has(transfer.id);
    await this.#lab.oneByOne(bank, [this.#asking(0, transfer, part)], patienceAlone);
    if (wasDone || !this.#done.has(transfer.id)) return;
    const found = await this.#lab.database.query('SELECT id FROM transfers WHERE id = $1', [
      transfer.id,
    ]);
    this.#lab.note('looked-up', {
      transfer: transfer.id,
      there: found.length > 0,
    } satisfies LookedUp);
  }

  #asking(user: number, transfer: Transfer, part: Part): ClientRequest {
    const { id, from, to, amount } = transfer;
    const request = transferring(user, { id, from, to, amount }, part);
    return {
      ...request,
      read: (answer) => {
        const reading = request.read(answer);
        if (reading.outcome === 'ok') this.#done.set(id, transfer);
        return reading;
      },
    };
  }

  /** Half of the crowd pays in one direction, the other half in the other. */
  #pick(user: number, names: readonly string[]): Omit<Transfer, 'id'> {
    const { random } = this.#lab;
    const low = random.integer(0, names.length - 2);
    const high = random.integer(low + 1, names.length - 1);
    const [from, to] = user % 2 === 0 ? [low, high] : [high, low];
    const amount = random.integer(1, mostMoved);
    return { from: names[from] ?? '', to: names[to] ?? '', amount };
  }

  async #read(held?: string): Promise<void> {
    const asked = performance.now();
    const balances = await this.#balances();
    const tookMs = Math.ceil(performance.now() - asked);
    this.#lab.note('read', {
      balances,
      tookMs,
      ...(held !== undefined && { held }),
    } satisfies LabRead);
  }

  #balances(): Promise<Balance[]> {
    return this.#lab.database.query<Balance>('SELECT id, balance FROM accounts ORDER BY id');
  }
}

const namesOf = (accounts: number): string[] =>
  Array.from({ length: accounts }, (_, n) => `a-${n + 1}`);

/** Awaited later: until then a failure must not end the program. */
function unheard(read: Promise<void>): Promise<void> {
  read.catch(() => undefined);
  return read;
}
