import { outsideContract, type Answer, type ClientRequest } from '../../../src/kata/index.js';
import type { Asked } from '../contract.js';

export interface How {
  /** The virtual user. */
  readonly process?: number;
  /** As the draft of the IETF wants the key. */
  readonly quoted?: boolean;
  /** The same payment, written in another way. */
  readonly written?: string;
  /** What the contract allows here. */
  readonly statuses?: readonly number[];
  /** Sent in place of what makes it a payment. */
  readonly malformed?: Malformed;
}

/** One thing about it is wrong, and its key is free afterwards. */
export type Malformed =
  { readonly client: null } | { readonly body: unknown } | { readonly rawBody: string };

/** What a payment with a key of its own may be told. */
const usual = [201, 409, 422, 503];
/** Not the last word: ask again. */
const notNow = new Set([409, 500, 503]);

/** Writes the requests, and remembers what each payment was told last. */
export class Till {
  readonly #heard = new Map<string, { asked: Asked; status: number }>();
  readonly #charged = new Set<string>();

  /** `POST /pay` */
  pay(asked: Asked, how: How = {}): ClientRequest {
    const { process = 0, quoted = true, statuses = usual, written, malformed } = how;
    const { key, order, amount } = asked;
    const isNameless = malformed !== undefined && 'client' in malformed;
    return {
      process,
      f: 'pay',
      asked,
      method: 'POST',
      path: '/pay',
      headers: {
        ...(!isNameless && { 'client-id': asked.client }),
        ...(key !== null && { 'idempotency-key': quoted ? `"${key}"` : key }),
      },
      ...(written === undefined ? { body: { order, amount } } : { rawBody: written }),
      ...(!isNameless && malformed),
      read: (answer) => {
        const { status } = answer;
        const name = JSON.stringify(asked);
        this.#heard.set(name, { asked, status });
        // A retry that hears 200 after 201 has got another answer: a matter of the key, not of form.
        const isKnown = status === 200 ? this.#charged.has(name) : statuses.includes(status);
        const isGood = status === 200 || status === 201;
        if (!isKnown || (isGood && !isReceipt(answer.json())))
          return outsideContract(answer, expected(asked, statuses));
        if (isGood) this.#charged.add(name);
        return { outcome: isGood ? 'ok' : 'fail', value: { status, body: bodyOf(answer) } };
      },
    };
  }

  /** Payments that were told to come again. */
  get open(): readonly Asked[] {
    const heard = [...this.#heard.values()];
    return heard.filter(({ status }) => notNow.has(status)).map(({ asked }) => asked);
  }
}

function expected({ order, amount }: Asked, statuses: readonly number[]): string {
  const receipt = JSON.stringify({ id: '…', order, amount });
  return statuses.map((status) => (status === 201 ? `201 ${receipt}` : status)).join(' or ');
}

/** Ids may be numbers or texts: the database decides. */
function isReceipt(body: unknown): boolean {
  const { id, order, amount } = (body ?? {}) as Record<string, unknown>;
  const hasId = typeof id === 'number' || (typeof id === 'string' && id !== '');
  return hasId && typeof order === 'string' && typeof amount === 'number';
}

function bodyOf(answer: Answer): unknown {
  return answer.json() ?? answer.text;
}
