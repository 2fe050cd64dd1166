import type { Lab, OutgoingMessage, Program, Proxy, Tap } from '../../../src/kata/index.js';
import { paymentOf, queue } from '../contract.js';

/** Everything between the worker and its services leads through proxies, for faults; and a tap. */
export interface Scene {
  readonly lab: Lab;
  /** The broker's side of the wire: what really came. */
  readonly tap: Tap;
  readonly broker: Proxy;
  readonly database: Proxy;
  start(): Promise<Program>;
}

export async function openScene(lab: Lab): Promise<Scene> {
  await lab.broker.declareQueue(queue);
  const tap = await lab.broker.tap();
  const broker = await lab.proxy({ url: tap.url });
  const database = await lab.proxy('database');
  return { lab, tap, broker, database, start: () => lab.start({ broker, database }) };
}

export async function rowsOf({ lab }: Scene, message: OutgoingMessage): Promise<number> {
  const rows = await lab.database.query('SELECT id FROM charges WHERE payment = $1', [
    paymentOf(message).payment,
  ]);
  return rows.length;
}

/** Sessions that wait for a lock: of the lab's own freezes, or of each other. */
export async function waiting({ lab }: Pick<Scene, 'lab'>): Promise<number> {
  const rows = await lab.database.query(
    `SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length;
}
