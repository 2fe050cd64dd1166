import type pg from 'pg';
import { log } from '../../../kit/node/log.js';
import { inTransaction } from '../../../kit/node/postgres.js';
import type { Told } from './message.js';
import { confirm, reject } from './orders.js';
import type { Style } from './style.js';

export interface Neighbours {
  readonly payment: string;
  readonly inventory: string;
  readonly withinMs: number;
}

/**
 * Calls in a row, as one would write it without thinking of sagas. How far it is, only this function
 * knows: where the process ends, or a call gets no answer, nobody goes on and nobody undoes.
 */
export function syncChain(pool: pg.Pool, { payment, inventory, withinMs }: Neighbours): Style {
  const call = async (url: string, told: Told): Promise<boolean> => {
    const body = JSON.stringify(told);
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(withinMs);
    const { status } = await fetch(url, { method: 'POST', body, headers, signal });
    if (status >= 500) throw new Error(`${url} says ${status}`);
    return status < 300;
  };
  const ends = (told: Told, how: typeof confirm) =>
    inTransaction(pool, 'READ COMMITTED', (tx) => how(tx, told));

  async function chain(told: Told): Promise<void> {
    if (!(await call(`${payment}/payments`, told)))
      return ends(told, (tx) => reject(tx, told, 'declined'));
    if (await call(`${inventory}/reservations`, told)) return ends(told, confirm);
    await call(`${payment}/refunds`, told);
    return ends(told, (tx) => reject(tx, told, 'out-of-stock'));
  }
  return {
    begin: () => Promise.resolve(),
    async afterwards(told) {
      await chain(told).catch((error: unknown) =>
        log('order', told.order, 'is left as it is:', error),
      );
    },
    reactions: {},
  };
}
