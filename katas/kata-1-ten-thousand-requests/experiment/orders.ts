import { outsideContract, type ClientRequest, type Reading } from '../../../src/kata/index.js';
import type { Remark, Sample } from '../notes.js';

/** One answer in so many is looked at closely, and so many at most. */
const everyOther = 89;
const mostSamples = 200;

/** Timers are coarse, and may fire a little early. */
const toleranceMs = 5;

/** Makes orders, and reads what became of them. */
export class OrderBook {
  readonly samples: Sample[] = [];
  readonly #ioMs: number;
  #read = 0;

  constructor({ ioMs }: { readonly ioMs: number }) {
    this.#ioMs = ioMs;
  }

  order(process: number, id: string): ClientRequest {
    const asked = { id, amount: 1 + (process % 100) };
    return {
      process,
      f: 'order',
      asked,
      method: 'POST',
      path: '/orders',
      body: asked,
      read: (answer) => {
        const told = answer.status === 201 ? orderIn(answer.json()) : undefined;
        if (!told)
          return outsideContract(
            answer,
            `201 {"id": "${id}", "amount": ${asked.amount}, "checksum": 1234567890}`,
          );
        this.#sample(told);
        return this.#judge(asked, told, answer.tookMs);
      },
    };
  }

  #judge(asked: { id: string; amount: number }, told: Told, tookMs: number): Reading {
    const { id, amount } = told;
    if (id !== asked.id || amount !== asked.amount)
      return remarked('another-order', { id, amount });
    if (tookMs < this.#ioMs - toleranceMs)
      return remarked('too-early', { id, tookMs: Math.round(tookMs * 10) / 10 });
    return { outcome: 'ok', value: { id } };
  }

  #sample({ id, checksum }: Told): void {
    if (this.#read % everyOther === 0 && this.samples.length < mostSamples)
      this.samples.push({ id, checksum });
    this.#read += 1;
  }
}

interface Told {
  readonly id: string;
  readonly amount: number;
  readonly checksum: number;
}

function remarked(remark: Remark, value: unknown): Reading {
  return { outcome: 'ok', value, remark };
}

function orderIn(body: unknown): Told | undefined {
  const { id, amount, checksum } = (body ?? {}) as Record<string, unknown>;
  const right =
    typeof id === 'string' && Number.isSafeInteger(amount) && Number.isSafeInteger(checksum);
  return right ? { id, amount: Number(amount), checksum: Number(checksum) } : undefined;
}
