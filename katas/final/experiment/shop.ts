import type { ClientRequest, Lab, Observer, Program, Proxy } from '../../../src/kata/index.js';
import { roles, type RoleName } from '../contract.js';
import type { Asked, Expects, Sort, Wish } from '../notes.js';
import { nowhere, poor, World } from './outside.js';
import { drainQueues, layOutQueues } from './queues.js';
import { know } from './clients.js';
import { placing, reading } from './requests.js';
import { isAtRest, readRows } from './rows.js';

const answerWithinMs = 10_000;
/** Three times as long as spans wait by the variables of the SDKs. */
const exportedWithinMs = 1_500;
/** However slowly it goes on. */
const longestMs = 60_000;
const clients = ['ann', 'ben', 'cid', 'dan'] as const;
/** Who shares nothing with the others: who floods, and who has a key that another one has, too. */
const apart = ['flood', 'hal'] as const;
/** Orders of each client of a crowd: within its burst. */
export const ofEach = 10;

/** One service, with what stands between it and its servers. */
export interface Part {
  readonly role: RoleName;
  readonly broker: Proxy;
  /** Before its database, once that is to go away: everything else is quicker without. */
  database: Proxy | undefined;
  program: Program;
}

export interface Wanted {
  /** `confirmed` where it is left out. */
  readonly ends?: Expects['ends'];
  /** Left out: nothing disturbs it. */
  readonly disturbed?: true;
  readonly client?: string;
  /** One that is scarce, and how much there is of it before the first who wants it. */
  readonly sku?: string;
  readonly stock?: number;
  readonly quantity?: number;
}

/** The four services as they run, and what the lab knows of their orders. */
export class Shop {
  readonly lab: Lab;
  readonly deadlineMs: number;
  readonly world: World;
  readonly observer: Observer;
  readonly parts: Readonly<Record<RoleName, Part>>;
  readonly #stock = new Map<string, number>();
  /** Undisturbed ones, as they were placed first. */
  readonly #placed: { readonly wish: Wish; readonly ends: Expects['ends']; readonly at: number }[] =
    [];
  readonly #undisturbed = new Map<string, Expects['ends']>();
  #wished = 0;
  #processes = 0;

  private constructor(
    lab: Lab,
    deadlineMs: number,
    { world, observer, parts }: { world: World; observer: Observer; parts: readonly Part[] },
  ) {
    this.lab = lab;
    this.deadlineMs = deadlineMs;
    this.world = world;
    this.observer = observer;
    this.parts = Object.fromEntries(parts.map((part) => [part.role, part])) as Shop['parts'];
  }

  static async open(
    lab: Lab,
    { deadlineMs, crowd }: { readonly deadlineMs: number; readonly crowd: number },
  ): Promise<Shop> {
    const observer = await layOutQueues(lab);
    const world = await World.open(lab);
    await know(lab, [...clients, ...apart, ...crowdOf(6 * crowd)]);
    const parts = await Promise.all(
      roles.map(async (role) => {
        const broker = await lab.role(role).proxy('broker');
        const part = { role, broker, database: undefined };
        return { ...part, program: await lab.start(role, startOf(world, part)) };
      }),
    );
    return new Shop(lab, deadlineMs, { world, observer, parts });
  }

  get seeded(): { stock: Readonly<Record<string, number>> } {
    return { stock: Object.fromEntries(this.#stock) };
  }

  /** An order that can end so: with money, stock and an address for it, or without. */
  async wish(act: string, wanted: Wanted = {}): Promise<Wish> {
    const { ends = 'confirmed', disturbed, client, sku = `s-${act}-${ends}` } = wanted;
    this.#wished += 1;
    const n = this.#wished;
    await this.#stocked(sku, wanted.stock ?? (ends === 'out-of-stock' ? 0 : 10_000));
    const wish: Wish = {
      ...{ act, sku, client: client ?? clients[n % 4] ?? 'ann', key: `k-${act}-${n}` },
      customer: `${ends === 'declined' ? poor : ''}c-${n % 10}`,
      quantity: wanted.quantity ?? 1 + (n % 3),
      amount: 10 + (n % 90),
      address: `${ends === 'not-deliverable' ? nowhere : ''}a-${act}-${n}`,
    };
    const expects = { address: wish.address, act, ends, undisturbed: !disturbed };
    this.lab.note('expects', expects satisfies Expects);
    if (!disturbed) this.#undisturbed.set(wish.address, ends);
    return wish;
  }

  async wishes(act: string, count: number, wanted: Wanted = {}): Promise<Wish[]> {
    const all: Wish[] = [];
    for (let n = 0; n < count; n += 1) all.push(await this.wish(act, wanted));
    return all;
  }

  async #stocked(sku: string, available: number): Promise<void> {
    if (this.#stock.has(sku)) return;
    this.#stock.set(sku, available);
    await this.lab
      .role('inventory')
      .database.query('INSERT INTO stock (sku, available) VALUES ($1, $2)', [sku, available]);
  }

  placing(wish: Wish, sort: Sort = 'first', more: Partial<Asked> = {}): ClientRequest {
    return placing(this.process(), { ...wish, sort, ...more });
  }

  /** Each as a client of its own; settles once they are answered. */
  async place(...wishes: readonly Wish[]): Promise<void> {
    for (const wish of wishes) {
      const ends = this.#undisturbed.get(wish.address);
      if (ends) this.#placed.push({ wish, ends, at: performance.now() });
    }
    await Promise.all(wishes.map((wish) => this.ask(this.placing(wish))));
  }

  /** The first order that was to end so, and that nothing disturbed. */
  firstOf(ends: Expects['ends']): Wish | undefined {
    return this.#placed.find((one) => one.ends === ends)?.wish;
  }

  /** Since the last of these was placed. */
  sincePlacedMs(wishes: readonly Wish[]): number {
    const times = this.#placed.filter(({ wish }) => wishes.includes(wish)).map(({ at }) => at);
    return performance.now() - Math.max(...times);
  }

  /** Who had no good answer asks again with the same key, until it has one. */
  async placeAgain(...wishes: readonly Wish[]): Promise<void> {
    await Promise.all(wishes.map((wish) => this.ask(this.placing(wish, 'again'))));
  }

  async ask(...requests: readonly ClientRequest[]): Promise<void> {
    await this.askOf(this.parts.orders.program, ...requests);
  }

  /** One of the processes of orders. */
  async askOf(program: Program, ...requests: readonly ClientRequest[]): Promise<void> {
    await this.lab.oneByOne(program, requests, { answerWithinMs });
  }

  /** Reads what became of these, each once. */
  async readBy(program: Program, wishes: readonly Wish[]): Promise<void> {
    const rows = await this.#rowsOf(wishes);
    const process = this.process();
    await this.askOf(program, ...rows.map(({ id }) => reading(process, id)));
  }

  /** How many of these have not ended. */
  async pendingOf(wishes: readonly Wish[]): Promise<number> {
    const rows = await this.#rowsOf(wishes);
    return rows.filter(({ status }) => status === 'PENDING').length;
  }

  #rowsOf(wishes: readonly Wish[]): Promise<{ id: string; status: string }[]> {
    return this.lab
      .role('orders')
      .database.query('SELECT id, status FROM orders WHERE address = ANY($1)', [
        wishes.map(({ address }) => address),
      ]);
  }

  /** So many at once, each with a client that waits for its answer. Measured. */
  async load(wishes: readonly Wish[], users: number): Promise<void> {
    await this.lab.closed(this.parts.orders.program, {
      ...{ users, requests: wishes.length, answerWithinMs },
      next: (_, n) => this.placing(wishes[n] as Wish),
    });
  }

  /** Waits until each of them is confirmed or rejected, and reads it. */
  async ended(wishes: readonly Wish[], limitMs = this.deadlineMs + 3_000): Promise<boolean> {
    return (await this.watched(wishes, limitMs)).isOver;
  }

  /** The same, with how far apart two looks were at worst, milliseconds. */
  async watched(
    wishes: readonly Wish[],
    limitMs: number,
  ): Promise<{ readonly isOver: boolean; readonly worstMs: number }> {
    let [lookedAt, worstMs] = [performance.now(), 0];
    const haveEnded = async (): Promise<boolean> => {
      worstMs = Math.max(worstMs, Math.round(performance.now() - lookedAt));
      lookedAt = performance.now();
      const rows = await this.#rowsOf(wishes);
      return rows.length >= wishes.length && rows.every(({ status }) => status !== 'PENDING');
    };
    const isOver = (await this.lab.until('these orders have ended', haveEnded, limitMs)) ?? false;
    await this.readBy(this.parts.orders.program, wishes);
    return { isOver, worstMs };
  }

  /** Waits for all there is to do, until nothing has moved for so long. */
  async rest(quietMs: number): Promise<void> {
    const seen = { state: '', since: performance.now() };
    const isOver = async (): Promise<boolean> => {
      const rows = await readRows(this.lab);
      if (isAtRest(rows) && (await this.#haveHeard())) return true;
      const counts = Object.values(rows).map((one) => (Array.isArray(one) ? one.length : 0));
      const pending = rows.orders.filter(({ status }) => status === 'PENDING').length;
      const state = [...counts, pending, this.observer.messages.length].join(' ');
      if (state !== seen.state) Object.assign(seen, { state, since: performance.now() });
      return performance.now() - seen.since > quietMs;
    };
    await this.lab.until('nothing is left to do', isOver, longestMs);
    await this.quiet();
  }

  /** Who is killed from here on takes no span with it of what has been until now. */
  async told(): Promise<void> {
    await this.rest(exportedWithinMs);
    await this.quiet(exportedWithinMs);
  }

  async #haveHeard(): Promise<boolean> {
    const depths = await Promise.all(roles.map((role) => this.lab.broker.depth(role)));
    return depths.every(({ ready }) => ready === 0);
  }

  async pass(what: string, ms: number): Promise<void> {
    const began = performance.now();
    await this.lab.until(what, () => performance.now() - began >= ms, ms + longestMs);
  }

  /** Waits until no message has come for a moment. */
  async quiet(forMs = 150): Promise<void> {
    let [count, since] = [-1, performance.now()];
    const isQuiet = (): boolean => {
      const { length } = this.observer.messages;
      if (length !== count) [count, since] = [length, performance.now()];
      return performance.now() - since > forMs;
    };
    await this.lab.until('no message has come for a moment', isQuiet, longestMs);
  }

  /** `kill -9` of these, then what the caller does meanwhile, then the same again. */
  async crash(names: readonly RoleName[], meanwhile: () => unknown): Promise<void> {
    await Promise.all(names.map((name) => this.parts[name].program.kill()));
    await meanwhile();
    for (const name of names) this.parts[name].broker.heal();
    await Promise.all(names.map((name) => this.restart(name)));
  }

  async restart(name: RoleName): Promise<void> {
    this.parts[name].program = await this.another(name);
  }

  /** From now on each reaches its database through the lab. */
  async behindProxies(): Promise<void> {
    await Promise.all(
      roles.map(async (role) => {
        const part = this.parts[role];
        part.database = await this.lab.role(role).proxy('database');
        await part.program.stop();
        await this.restart(role);
      }),
    );
  }

  /** A further process of the same service, beside those that run. */
  another(name: RoleName): Promise<Program> {
    return this.lab.start(name, startOf(this.world, this.parts[name]));
  }

  /** What is still in a queue then, nobody has settled. */
  async stop(): Promise<void> {
    await Promise.all(Object.values(this.parts).map(({ program }) => program.stop()));
    await drainQueues(this.lab);
    await this.observer.stop();
  }

  process(): number {
    this.#processes += 1;
    return this.#processes;
  }
}

/** The n-th order of a crowd is of this client. */
export const crowdOf = (count: number): readonly string[] =>
  Array.from({ length: Math.ceil(count / ofEach) }, (_, n) => `crowd-${n}`);

function startOf(world: World, { role, broker, database }: Omit<Part, 'program'>) {
  const env: Readonly<Partial<Record<RoleName, Record<string, string>>>> = {
    payments: { PROVIDER_URL: world.urls?.provider.url ?? '' },
    shipping: { CARRIER_URL: world.urls?.carrier.url ?? '' },
  };
  return { broker, env: env[role] ?? {}, ...(database && { database }) };
}
