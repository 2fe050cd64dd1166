import type { AskedAgain, Moment, SeenCommitted } from '../notes.js';
import type { Order } from '../contract.js';
import { ofOrder } from './late-commit.js';
import { eventWithinMs, type Service } from './service.js';

/** Once the database is there again an order is taken within this; the brief says it too. */
const takenWithinMs = 10_000;
const askEveryMs = 200;

/**
 * The api loses its session to the database as it commits an order: the server rolls it back, or has
 * committed it and the answer is lost on its way. To the api they look alike. In the second case the
 * relays lose their sessions too. The client asks again.
 * @returns whether the order stood at its COMMIT
 */
export async function loseSession(
  service: Service,
  moment: Extract<Moment['at'], 'lost-before-commit' | 'lost-after-commit'>,
  order: Order,
): Promise<boolean> {
  const { lab, api, parts } = service;
  const point = await lab.freeze({
    ...{ table: 'orders', on: 'insert', timing: 'commit', when: ofOrder(order), first: 1 },
  });
  const pending = service.place(order);
  const isThere = await service.standsAt(point, pending);
  if (!isThere) await point.release();
  else if (moment === 'lost-before-commit') await point.abandon();
  else {
    const answers = api.database.hold('to-client');
    await point.release();
    if (await lab.until('the order is committed', () => service.isCommitted(order)))
      lab.note('seen-committed', { order: order.id } satisfies SeenCommitted);
    for (const { database } of parts) database.cut('rst');
    answers.release();
  }
  await pending;
  await askUntilTaken(service, order);
  await service.seen([order], eventWithinMs);
  return isThere;
}

async function askUntilTaken(service: Service, order: Order): Promise<void> {
  if (service.isTaken(order)) return;
  const { lab } = service;
  let asked = -askEveryMs;
  await lab.until(
    `an answer to ${order.id}`,
    async () => {
      if (performance.now() - asked < askEveryMs) return false;
      asked = performance.now();
      await service.place(order);
      return service.isTaken(order);
    },
    takenWithinMs,
  );
  lab.note('asked-again', { order: order.id, taken: service.isTaken(order) } satisfies AskedAgain);
}
