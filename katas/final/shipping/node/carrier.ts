import { Breaker, type BreakerOptions } from '../../../kit/node/breaker.js';
import { observedCall, plainCall, type Answer } from '../../../kit/node/telemetry/calls.js';
import type { Told } from './message.js';

/** Who really takes the parcel. It knows an order by its id, however often it is asked. */
export interface Carrier {
  /** @returns undefined where it is refused. @throws where nobody knows: ask again */
  book(told: Told): Promise<string | undefined>;
  /** Also of what was never booked: then it never will be. @throws where nobody knows */
  cancel(told: Told): Promise<void>;
}

interface Options extends BreakerOptions {
  readonly url: string;
  readonly timeoutMs: number;
}

/** Waits for no answer longer than it may, and spares a carrier that gives none. */
export function guardedCarrier({ url, timeoutMs, ...options }: Options): Carrier {
  const breaker = new Breaker(options);
  return {
    book: ({ order, address, quantity }) =>
      breaker.call(async () =>
        trackingIn(
          await observedCall({
            ...{ method: 'POST', url: `${url}/parcels`, withinMs: timeoutMs },
            ...{ body: { order, address, quantity }, headers: { 'idempotency-key': order } },
          }),
        ),
      ),
    cancel: ({ order }) =>
      breaker.call(async () => {
        const at = `${url}/parcels/${encodeURIComponent(order)}`;
        const { status } = await observedCall({ method: 'DELETE', url: at, withinMs: timeoutMs });
        if (status !== 200) throw new Error(`the carrier answered ${status}`);
      }),
  };
}

/** As long as it takes, and as if it always answered. */
export function trustedCarrier(url: string): Carrier {
  return {
    async book({ order, address, quantity }) {
      const body = { order, address, quantity };
      return trackingIn(await plainCall({ method: 'POST', url: `${url}/parcels`, body }));
    },
    cancel: () => Promise.resolve(),
  };
}

/** @throws where it does not say what became of it */
function trackingIn({ status, body }: Answer): string | undefined {
  if (status === 409) return undefined;
  if (status !== 201 || typeof body['tracking'] !== 'string')
    throw new Error(`the carrier answered ${status}`);
  return body['tracking'];
}
