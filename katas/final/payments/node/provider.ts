import { Breaker, type BreakerOptions } from '../../../kit/node/breaker.js';
import { observedCall, plainCall, type Answer } from '../../../kit/node/telemetry/calls.js';
import type { Told } from './message.js';

/** Who really takes the money. It knows an order by its Idempotency-Key, however often it is asked. */
export interface Provider {
  /** @returns undefined where it is declined. @throws where nobody knows: ask again */
  charge(told: Told): Promise<string | undefined>;
  /** Also of what was never charged: then it never will be. @throws where nobody knows */
  refund(told: Told): Promise<void>;
}

interface Options extends BreakerOptions {
  readonly url: string;
  readonly timeoutMs: number;
}

/** Waits for no answer longer than it may, and spares a provider that gives none. */
export function guardedProvider({ url, timeoutMs, ...options }: Options): Provider {
  const breaker = new Breaker(options);
  const ask = (path: string, { order }: Told, body: object): Promise<Answer> =>
    breaker.call(async () =>
      known(
        await observedCall({
          ...{ method: 'POST', url: `${url}${path}`, body, withinMs: timeoutMs },
          headers: { 'idempotency-key': order },
        }),
      ),
    );
  return {
    async charge(told) {
      const { order, customer, amount } = told;
      return chargeIn(await ask('/charges', told, { order, customer, amount }));
    },
    async refund(told) {
      await ask('/refunds', told, { order: told.order, amount: told.amount });
    },
  };
}

/** As long as it takes, and as if it always answered. */
export function trustedProvider(url: string): Provider {
  return {
    async charge({ order, customer, amount }) {
      const body = { order, customer, amount };
      return chargeIn(known(await plainCall({ method: 'POST', url: `${url}/charges`, body })));
    },
    refund: () => Promise.resolve(),
  };
}

/** @throws where it does not say what became of it */
function known(answer: Answer): Answer {
  if (answer.status >= 500) throw new Error(`the provider answered ${answer.status}`);
  return answer;
}

function chargeIn({ status, body }: Answer): string | undefined {
  if (status === 402) return undefined;
  if (status !== 201 || typeof body['charge'] !== 'string')
    throw new Error(`the provider answered ${status}`);
  return body['charge'];
}
