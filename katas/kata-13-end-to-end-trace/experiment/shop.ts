import type { ClientRequest, Lab, Observer, Program, Proxy } from '../../../src/kata/index.js';
import { exchange, orderPattern, orderPlaced, queue } from '../contract.js';
import type { LogNote, Rows, Scraped, Sent } from '../notes.js';
import { placing } from './requests.js';
import { readPage } from './scrape.js';

const observed = 'plan.observed';
const arrivesWithinMs = 10_000;

/** Both services as they run, and what the lab sent them. */
export class Shop {
  readonly lab: Lab;
  readonly api: Program;
  readonly worker: Program;
  /** Before the broker of `api`. */
  readonly broker: Proxy;
  readonly observer: Observer;
  readonly sent: Sent[] = [];
  #clients = 0;

  private constructor(lab: Lab, { api, worker, broker, observer }: Parts) {
    this.lab = lab;
    this.api = api;
    this.worker = worker;
    this.broker = broker;
    this.observer = observer;
  }

  static async open(lab: Lab): Promise<Shop> {
    const { broker } = lab;
    await broker.declareExchange(exchange, 'topic');
    await broker.declareQueue(queue);
    await broker.bindQueue(queue, exchange, orderPlaced);
    await broker.declareQueue(observed);
    await broker.bindQueue(observed, exchange, '#');
    const observer = await broker.observe(observed);
    const tap = await broker.tap();
    const proxy = await lab.role('api').proxy('broker');
    const [api, worker] = await Promise.all([
      lab.start('api', { broker: proxy }),
      lab.start('worker', { broker: tap }),
    ]);
    return new Shop(lab, { api, worker, broker: proxy, observer });
  }

  client(): number {
    this.#clients += 1;
    return this.#clients;
  }

  /** An order of an act's; all have ids of one length, so that none is part of another's. */
  order(act: string, { suffix = '', ...more }: Wish): Sent {
    const order = `order-${act}-${String(this.sent.length).padStart(5, '0')}${suffix}`;
    const sent = { order, act, sku: 'lamp', ...more };
    this.sent.push(sent);
    return sent;
  }

  placing(sent: Sent, query?: string): ClientRequest {
    return placing(this.client(), sent, query);
  }

  async place(sent: Sent): Promise<void> {
    await this.lab.oneByOne(this.api, [this.placing(sent)]);
  }

  /** A context as a client's own tracer would send it. */
  context(flags: '00' | '01'): string {
    return `00-${this.hex(32)}-${this.hex(16)}-${flags}`;
  }

  /** Random digits, never all zero. */
  hex(digits: number): string {
    const all = Array.from({ length: digits - 1 }, () =>
      this.lab.random.integer(0, 15).toString(16),
    );
    return `1${all.join('')}`;
  }

  /** Waits until the worker's table has them all. */
  async stored(orders: readonly Sent[]): Promise<boolean> {
    const ids = orders.map(({ order }) => order);
    const isThere = async (): Promise<boolean> => {
      const [row] = await this.lab
        .role('worker')
        .database.query<{ count: number }>(
          'SELECT count(*)::integer AS count FROM orders WHERE id = ANY ($1)',
          [ids],
        );
      return row?.count === ids.length;
    };
    return (await this.lab.until('the orders are stored', isThere, arrivesWithinMs)) ?? false;
  }

  async scrape(when: Scraped['when']): Promise<void> {
    for (const [role, program] of [
      ['api', this.api],
      ['worker', this.worker],
    ] as const) {
      const take = (page: Omit<Scraped, 'role' | 'when'>): void =>
        this.lab.note('scraped', { role, when, ...page } satisfies Scraped);
      await this.lab.oneByOne(program, [
        {
          ...{ process: this.client(), role, f: 'scrape', asked: { when } },
          ...{ method: 'GET', path: '/metrics' },
          read: (answer) => readPage(answer, take),
        },
      ]);
    }
  }

  async rows(): Promise<void> {
    const rows = await this.lab
      .role('worker')
      .database.query<Rows['rows'][number]>('SELECT id, request_id FROM orders ORDER BY id');
    this.lab.note('rows', { rows } satisfies Rows);
  }

  async logs(): Promise<void> {
    const known = new Set(this.sent.flatMap(({ order }) => order.match(orderPattern) ?? []));
    for (const role of ['api', 'worker']) {
      const lines = await this.lab.logLines(role);
      const told = lines.filter((line) =>
        (line.match(orderPattern) ?? []).some((id) => known.has(id)),
      );
      this.lab.note('log', { role, lines: lines.length, told } satisfies LogNote);
    }
  }
}

interface Parts {
  readonly api: Program;
  readonly worker: Program;
  readonly broker: Proxy;
  readonly observer: Observer;
}

/** Of an order; the suffix is what its id ends with. */
type Wish = Omit<Sent, 'order' | 'act' | 'sku'> & {
  readonly sku?: string;
  readonly suffix?: string;
};
