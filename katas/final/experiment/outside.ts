import type { Lab, Upstream, UpstreamAnswer, UpstreamCall } from '../../../src/kata/index.js';
import type { Charge, Outside, Parcel, Phase, PhaseName } from '../notes.js';

/** So long a slow one takes: longer than anybody is to wait. */
const slowMs = 1_200;
/** So long a late one: within anybody's patience. */
const lateMs = 100;

/** Customers and addresses whose names begin so get a no. */
export const poor = 'poor-';
export const nowhere = 'nowhere-';

interface Asking {
  readonly order: string;
  readonly amount: number;
  readonly customer: string;
  readonly address: string;
}

type Reply = (asking: Asking, key: string) => UpstreamAnswer;

/** A dependency with books of its own. It knows an order by its key, however often it is asked. */
class Played {
  readonly #lab: Lab;
  readonly #name: Phase['of'];
  #phase: PhaseName = 'well';
  #asked = 0;
  #lastAsked: string | undefined;

  constructor(lab: Lab, name: Phase['of']) {
    this.#lab = lab;
    this.#name = name;
  }

  become(phase: PhaseName): void {
    this.#phase = phase;
    this.#asked = 0;
    this.#lastAsked = undefined;
    this.#lab.note('phase', { of: this.#name, phase } satisfies Phase);
  }

  /** Half of what fails has been done all the same. */
  async answer(call: UpstreamCall, reply: Reply): Promise<UpstreamAnswer> {
    const n = (this.#asked += 1);
    this.#lastAsked = keyOf(call) || undefined;
    const unavailable = { status: 503, body: { error: 'unavailable' } };
    if (this.#phase === 'down') return unavailable;
    if (this.#phase === 'half' && n % 4 === 1) return unavailable;
    const given = reply(askingOf(call), keyOf(call));
    if (this.#phase === 'mute' || (this.#phase === 'half' && n % 4 === 3)) return unavailable;
    if (this.#phase === 'slow') await this.#wait(slowMs);
    if (this.#phase === 'late') await this.#wait(lateMs);
    return given;
  }

  /** Since it is so. */
  get asked(): number {
    return this.#asked;
  }

  /** The key of the last call, since it is so. */
  get lastAsked(): string | undefined {
    return this.#lastAsked;
  }

  async #wait(ms: number): Promise<void> {
    const began = performance.now();
    await this.#lab.until('a slow answer', () => performance.now() - began > ms, 2 * slowMs);
  }
}

/** The payment provider and the carrier, as the services see them. */
export class World {
  readonly provider: Played;
  readonly carrier: Played;
  readonly #charges = new Map<string, Charge | 'declined' | 'void'>();
  readonly #parcels = new Map<string, Parcel | 'refused' | 'void'>();
  #given = 0;
  urls: { readonly provider: Upstream; readonly carrier: Upstream } | undefined;

  private constructor(lab: Lab) {
    this.provider = new Played(lab, 'provider');
    this.carrier = new Played(lab, 'carrier');
  }

  static async open(lab: Lab): Promise<World> {
    const world = new World(lab);
    const provider = await lab.upstream((call) => world.#atProvider(call));
    const carrier = await lab.upstream((call) => world.#atCarrier(call));
    world.urls = { provider, carrier };
    return world;
  }

  become(phase: PhaseName): void {
    for (const one of [this.provider, this.carrier]) one.become(phase);
  }

  get books(): Outside {
    const real = <T extends object>(all: Iterable<T | string>): T[] =>
      [...all].filter((one): one is T => typeof one === 'object');
    return { charges: real(this.#charges.values()), parcels: real(this.#parcels.values()) };
  }

  #atProvider(call: UpstreamCall): UpstreamAnswer | Promise<UpstreamAnswer> {
    if (call.path === '/charges')
      return this.provider.answer(call, (of, key) => this.#charge(of, key));
    if (call.path === '/refunds') return this.provider.answer(call, (of) => this.#refund(of));
    return { status: 404, body: { error: 'not found' } };
  }

  #charge({ order, amount, customer }: Asking, key: string): UpstreamAnswer {
    // Who sends no key is charged each time anew.
    const of = key === '' ? `${order} ${this.#next()}` : key;
    const known = this.#charges.get(of);
    const isDeclined = known === undefined && customer.startsWith(poor);
    if (isDeclined) this.#charges.set(of, 'declined');
    if (isDeclined || known === 'declined' || known === 'void')
      return { status: 402, body: { error: 'declined' } };
    const charge = known ?? { order, amount, charge: `ch-${this.#next()}`, refunded: false };
    this.#charges.set(of, charge);
    return { status: 201, body: { charge: charge.charge } };
  }

  #refund({ order }: Asking): UpstreamAnswer {
    const known = this.#charges.get(order);
    if (known === undefined) this.#charges.set(order, 'void');
    else if (typeof known === 'object') this.#charges.set(order, { ...known, refunded: true });
    return { status: 200, body: { refund: `re-${order}` } };
  }

  #atCarrier(call: UpstreamCall): UpstreamAnswer | Promise<UpstreamAnswer> {
    if (call.method === 'DELETE') {
      const order = decodeURIComponent(call.path.split('/').at(-1) ?? '');
      return this.carrier.answer(call, () => this.#cancel(order));
    }
    if (call.path === '/parcels')
      return this.carrier.answer(call, (of, key) => this.#book(of, key));
    return { status: 404, body: { error: 'not found' } };
  }

  #book({ order, address }: Asking, key: string): UpstreamAnswer {
    const of = key === '' ? `${order} ${this.#next()}` : key;
    const known = this.#parcels.get(of);
    const isRefused = known === undefined && address.startsWith(nowhere);
    if (isRefused) this.#parcels.set(of, 'refused');
    if (isRefused || known === 'refused' || known === 'void')
      return { status: 409, body: { error: 'no such address' } };
    const parcel = known ?? { order, tracking: `tr-${this.#next()}`, cancelled: false };
    this.#parcels.set(of, parcel);
    return { status: 201, body: { tracking: parcel.tracking } };
  }

  #cancel(order: string): UpstreamAnswer {
    const known = this.#parcels.get(order);
    if (known === undefined) this.#parcels.set(order, 'void');
    else if (typeof known === 'object') this.#parcels.set(order, { ...known, cancelled: true });
    return { status: 200, body: {} };
  }

  #next(): number {
    this.#given += 1;
    return this.#given;
  }
}

function askingOf({ text }: UpstreamCall): Asking {
  try {
    const body = (JSON.parse(text) ?? {}) as Partial<Record<keyof Asking, unknown>>;
    const word = (value: unknown): string => (typeof value === 'string' ? value : '');
    return {
      order: word(body.order),
      amount: typeof body.amount === 'number' ? body.amount : 0,
      customer: word(body.customer),
      address: word(body.address),
    };
  } catch {
    return { order: '', amount: 0, customer: '', address: '' };
  }
}

const keyOf = ({ headers }: UpstreamCall): string => {
  const key = headers['idempotency-key'];
  return typeof key === 'string' ? key : '';
};
