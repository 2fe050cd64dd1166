import type { SpanKind, SpanSeen } from '../../src/kata/index.js';
import { History } from '../../src/kata/history.js';
import { HistoryWriter } from '../../test/support/history.js';
import { names } from './contract.js';
import { orderAt } from './experiment/orders.js';
import type { Row } from './notes.js';
import type { Cause } from './contract/seal.js';

const epochUs = 1_795_000_000_000_000;
/** Between two orders. */
const apartMs = 33;
/** What the others wait for, where somebody holds their row: from the beginning of each second on. */
const heldMs = 700;

/** A run told by hand: `orders` of them, one with what is hidden in it. @param late of each step, ms */
export function shop(
  hidden: Cause | undefined,
  late: (n: number) => number = () => 0,
  orders = 150,
): History {
  const writer = new HistoryWriter();
  const spans: SpanSeen[] = [];
  const rows: Row[] = [];
  let freeAt = 0;
  for (let n = 0; n < orders; n += 1) {
    const sent = orderAt(n);
    const op = writer.invoke(n, 'place', sent);
    writer.complete(op, 'ok', { id: sent.order, requestId: `r-${n}` });
    const told = new Told(n, sent.order, n * apartMs, hidden === 'differing-clocks' ? -2_000 : 0);
    const isAlone = hidden === 'full-queue' || hidden === 'exhausted-pool';
    const queuedMs = hidden === 'full-queue' ? Math.max(0, freeAt - told.atMs) : 2;
    told.sent(queuedMs + late(n));
    const failing = hidden === 'multiplied-retries' && n % 4 === 0 ? [3, 2] : [];
    const calls: number[] = [];
    for (const fails of [...failing, 0]) {
      told.attempt((step) => {
        if (hidden === 'dropping-worker' && sent.quantity > 24) return true;
        const connect = (): void =>
          step(
            names.connect,
            (hidden === 'exhausted-pool' ? Math.max(1, freeAt - told.atMs) : 1) + late(n),
          );
        if (hidden === 'exhausted-pool') connect();
        const callMs = (hidden === 'slow-neighbour' ? 400 : 40) + late(n);
        for (let call = 0; call < fails; call += 1) step(names.reserve, callMs, 'error');
        calls.push(...Array.from({ length: fails }, () => callMs));
        if (fails === 3) return false;
        step(names.reserve, callMs);
        calls.push(callMs);
        if (hidden !== 'exhausted-pool') connect();
        const held = hidden === 'lock' && sent.sku === 'lamp' && told.atMs % 1_000 < heldMs;
        step(names.order, (held ? heldMs - (told.atMs % 1_000) : 0) + 6 + late(n));
        const parcels = hidden === 'n-plus-one' ? sent.quantity : 1;
        const parcelMs = (hidden === 'slow-statement' ? 200 : 6) + late(n);
        for (let parcel = 0; parcel < parcels; parcel += 1) step(names.parcels, parcelMs);
        rows.push({
          id: sent.order,
          storedUs: epochUs + told.atMs * 1_000,
          parcels: sent.quantity,
        });
        return true;
      });
      if (told.isDone) break;
    }
    if (isAlone) freeAt = told.atMs;
    for (const [call, ms] of calls.entries()) {
      const at = { dependency: 'warehouse', n: n * 10 + call };
      writer.note('dependency-call', { ...at, path: `/reservations/${sent.order}`, phase: 'open' });
      writer.later(ms);
      writer.note('dependency-answer', { ...at, status: 200 });
    }
    spans.push(...told.spans);
  }
  writer.note('rows', { rows });
  writer.note('telemetry', { epochUs });
  return new History(writer.history().events, 1, spans);
}

type Step = (name: string, ms: number, status?: SpanSeen['status']) => void;

/** One order's trace, as time goes on. */
class Told {
  readonly spans: SpanSeen[] = [];
  atMs: number;
  isDone = false;
  readonly #n: number;
  readonly #order: string;
  /** Of the worker's clock. */
  readonly #offMs: number;

  constructor(n: number, order: string, atMs: number, offMs: number) {
    this.#n = n;
    this.#order = order;
    this.atMs = atMs;
    this.#offMs = offMs;
  }

  sent(queuedMs: number): void {
    const order = { 'order.id': this.#order };
    this.#tell('api', 'POST /orders', 'server', [this.atMs, this.atMs + 4], 'unset', order);
    this.#tell('api', 'send shop', 'producer', [this.atMs + 1, this.atMs + 3]);
    this.atMs += 3 + queuedMs;
  }

  attempt(work: (step: Step) => boolean): void {
    const from = this.atMs;
    this.isDone = work((name, ms, status = 'unset') => {
      this.#tell('worker', name, 'client', [this.atMs, this.atMs + ms], status);
      this.atMs += ms;
    });
    this.atMs += 1;
    const status = this.isDone ? 'unset' : 'error';
    const order = { 'order.id': this.#order };
    this.#tell('worker', 'process orders', 'consumer', [from, this.atMs], status, order);
  }

  #tell(
    service: string,
    name: string,
    kind: SpanKind,
    [from, until]: readonly [number, number],
    status: SpanSeen['status'] = 'unset',
    attributes: SpanSeen['attributes'] = {},
  ): void {
    const off = service === 'worker' ? this.#offMs : 0;
    this.spans.push({
      ...{ service, name, kind, status, attributes, links: [], events: [] },
      traceId: (this.#n + 1).toString(16).padStart(32, '0'),
      spanId: (this.spans.length + 1).toString(16).padStart(16, '0'),
      startUs: epochUs + (from + off) * 1_000,
      endUs: epochUs + (until + off) * 1_000,
    });
  }
}
