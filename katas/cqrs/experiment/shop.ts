import type { ClientRequest, Lab, Observer, Program, Proxy } from '../../../src/kata/index.js';
import { events, stream, summaryOf, type Shown, type Summary } from '../contract.js';
import type { Answers, OrderRow, Settled } from '../notes.js';
import { listing, summing, writing, type Wish, type Written } from './requests.js';

const observed = 'plan.observed';
/** What the experiment itself puts onto the stream comes by this exchange. */
export const relay = 'plan.relay';

const comesWithinMs = 8_000;
/** Who has folded what came last may still be busy with what came before. */
const settlesWithinMs = 5_000;
/** Of a view that has not come that far yet: it may be the machine that is slow. */
const patienceMs = 20_000;
/** Orders of long ago, which no event of this stream tells of, and nobody asks for. */
const oldOrders = 30_000;

/** Both sides as they run, and what the lab knows of them. */
export class Shop {
  readonly lab: Lab;
  readonly waitMs: number;
  readonly order: Program;
  /** Before the view's broker. */
  readonly broker: Proxy;
  readonly observer: Observer;
  view: Program;
  #database: Proxy | undefined;
  #clients = 0;
  #fences = 0;

  private constructor(lab: Lab, waitMs: number, observer: Observer, parts: Parts) {
    this.lab = lab;
    this.waitMs = waitMs;
    this.observer = observer;
    this.order = parts.order;
    this.view = parts.view;
    this.broker = parts.broker;
  }

  static async open(lab: Lab, waitMs: number): Promise<Shop> {
    const { broker } = lab;
    await broker.declareExchange(events, 'topic');
    await broker.declareExchange(relay, 'topic');
    await broker.declareQueue(stream, { arguments: { 'x-queue-type': 'stream' } });
    await broker.declareQueue(observed);
    await broker.bindQueue(stream, events, '#');
    await broker.bindQueue(stream, relay, '#');
    await broker.bindQueue(observed, events, '#');
    const observer = await broker.observe(observed);
    await seed(lab);
    const proxy = await lab.role('view').proxy('broker');
    const [order, view] = await Promise.all([
      lab.start('order'),
      lab.start('view', { broker: proxy }),
    ]);
    const shop = new Shop(lab, waitMs, observer, { order, view, broker: proxy });
    await shop.serves();
    return shop;
  }

  /** Before the view's database, for those of its programs that are started with it. */
  async database(): Promise<Proxy> {
    return (this.#database ??= await this.lab.role('view').proxy('database'));
  }

  /** A client of its own: as a process of the history, and as a reader. */
  client(): number {
    this.#clients += 1;
    return this.#clients;
  }

  /** Undefined where the write side took it not, or may have. */
  async write(wish: Wish, process = this.client()): Promise<Written | undefined> {
    let written: Written | undefined;
    const request = writing(process, wish, (told) => (written = told));
    await this.lab.oneByOne(this.order, [request]);
    return written;
  }

  /** One after the other; those that were taken. */
  async writeAll(wishes: readonly Wish[]): Promise<readonly Written[]> {
    const all: Written[] = [];
    const process = this.client();
    const requests = wishes.map((wish) => writing(process, wish, (told) => all.push(told)));
    await this.lab.oneByOne(this.order, requests);
    return all;
  }

  async ask(...requests: readonly ClientRequest[]): Promise<void> {
    await this.lab.oneByOne(this.view, requests);
  }

  /** What a reader is shown; undefined where it is refused. */
  async list(
    reader: number,
    customer: string,
    token?: string,
  ): Promise<readonly Shown[] | undefined> {
    let shown: readonly Shown[] | undefined;
    const question = { customer, reader: `r-${reader}`, ...(token !== undefined && { token }) };
    await this.ask(listing(reader, question, (told) => (shown = told)));
    return shown;
  }

  /** Waits until the view answers at all. */
  async serves(limitMs = comesWithinMs): Promise<boolean> {
    const reader = this.client();
    const isServed = async () => (await this.list(reader, 'c-nobody')) !== undefined;
    return (await this.lab.until('the view answers', isServed, limitMs)) ?? false;
  }

  /** Writes an order, and waits until the view has it: in a stream it comes behind all before it. */
  async fence(
    tell: (written: Written) => Promise<void> = () => Promise.resolve(),
  ): Promise<boolean> {
    this.#fences += 1;
    const [customer, reader] = [`c-fence-${this.#fences}`, this.client()];
    const written = await this.write({ order: `o-fence-${this.#fences}`, customer, amount: 1 });
    if (!written) return false;
    await tell(written);
    const hasCome = async () => (await this.list(reader, customer, written.token)) !== undefined;
    return (await this.lab.until('the view has what was told', hasCome, comesWithinMs)) ?? false;
  }

  /** Waits until every one of these events was told. */
  async told(tokens: readonly string[]): Promise<void> {
    await this.lab.until('the events are told', () => {
      const seen = new Set(this.observer.messages.map(({ body }) => tokenOf(body)));
      return tokens.every((token) => seen.has(token));
    });
  }

  /** Of all customers that the write side knows of, but those of long ago. */
  async answers(): Promise<readonly Answers[]> {
    const reader = this.client();
    const all: Answers[] = [];
    for (const customer of customersIn(await this.written()))
      all.push(await this.#answers(reader, customer));
    return all;
  }

  /**
   * Nothing is written any more: waits until the view shows what was written, and notes both.
   * @param isBehind it has not been seen to have all that was told
   * @param before what would be as well
   */
  async settle(
    what: Settled['what'],
    isBehind: boolean,
    before?: readonly Answers[],
  ): Promise<void> {
    const written = await this.written();
    const customers = customersIn(written);
    const reader = this.client();
    const shown = new Map<string, Answers>();
    const isIt = (answers: Answers | undefined): boolean =>
      answers !== undefined &&
      (isAsWritten(answers, written) ||
        (before ?? []).some((one) => JSON.stringify(one) === JSON.stringify(answers)));
    const isSame = async (): Promise<boolean> => {
      for (const customer of customers) {
        if (isIt(shown.get(customer))) continue;
        shown.set(customer, await this.#answers(reader, customer));
        if (!isIt(shown.get(customer))) return false;
      }
      return true;
    };
    const limitMs = isBehind ? patienceMs : settlesWithinMs;
    await this.lab.until('the view shows what was written', isSame, limitMs);
    for (const customer of customers)
      if (!shown.has(customer)) shown.set(customer, await this.#answers(reader, customer));
    const last = [...shown.values()];
    this.lab.note('settled', {
      what,
      written,
      shown: last,
      ...(before && { before }),
    } satisfies Settled);
  }

  /** `kill -9` of the view, then what happens meanwhile, then the same again. */
  async restart(meanwhile: () => unknown, database?: Proxy): Promise<void> {
    await this.view.kill();
    await meanwhile();
    this.broker.heal();
    this.view = await this.lab.start('view', {
      broker: this.broker,
      ...(database && { database }),
    });
  }

  /** SIGTERM to the view, then the same again. @param broker what it reaches its broker by from then on */
  async endAndBegin(broker: Pick<Proxy, 'url'> = this.broker): Promise<void> {
    await this.view.stop();
    this.view = await this.lab.start('view', { broker });
  }

  async stop(): Promise<void> {
    await Promise.all([this.view.stop(), this.order.stop()]);
    await this.observer.stop();
  }

  async #answers(reader: number, customer: string): Promise<Answers> {
    const question = { customer, reader: `r-${reader}` };
    let [orders, summary]: [readonly Shown[] | undefined, Summary | undefined] = [
      undefined,
      undefined,
    ];
    await this.ask(
      listing(reader, question, (told) => (orders = told)),
      summing(reader, question, (told) => (summary = told)),
    );
    return { customer, orders, summary };
  }

  written(): Promise<OrderRow[]> {
    return this.lab.role('order').database.query<OrderRow>(
      `SELECT id, customer, version, status, amount FROM orders
          WHERE starts_with(customer, 'c-') ORDER BY id`,
    );
  }
}

/** What the view is to reach its database by, if not directly. */
export interface Proxies {
  readonly database?: Proxy;
}

interface Parts {
  readonly order: Program;
  readonly view: Program;
  readonly broker: Proxy;
}

async function seed(lab: Lab): Promise<void> {
  const { database } = lab.role('order');
  await database.query(
    `INSERT INTO orders (id, customer, version, status, amount)
     SELECT 'old-' || n, 'old-' || n % 500, 1, 'OPEN', 1 + n % 90 FROM generate_series(1, $1::integer) n`,
    [oldOrders],
  );
  await database.query('ANALYZE orders');
}

/** Of the body of an event. */
export function tokenOf(body: unknown): string {
  const { order, version } = (body ?? {}) as { order?: unknown; version?: unknown };
  return `${String(order)}@${String(version)}`;
}

const customersIn = (written: readonly OrderRow[]): string[] => [
  ...new Set(written.map(({ customer }) => customer)),
];

function isAsWritten({ customer, orders, summary }: Answers, all: readonly OrderRow[]): boolean {
  const written = all.filter((row) => row.customer === customer);
  const wanted = summaryOf(written);
  return (
    orders?.length === written.length &&
    summary?.orders === wanted.orders &&
    summary.total === wanted.total &&
    written.every(({ id, version, status, amount }) =>
      orders.some(
        (one) =>
          one.id === id &&
          one.version === version &&
          one.status === status &&
          one.amount === amount,
      ),
    )
  );
}
