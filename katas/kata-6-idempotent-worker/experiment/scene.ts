import type { Lab, OutgoingMessage, Program, Proxy, Tap } from '../../../src/kata/index.js';
import { paymentOf, queue } from '../contract.js';
import type { Audited } from '../notes.js';

/** Everything between the worker and its services leads through proxies, for faults; and a tap. */
export interface Scene {
  readonly lab: Lab;
  /** The broker's side of the wire: what really came. */
  readonly tap: Tap;
  readonly broker: Proxy;
  readonly database: Proxy;
  /** What a worker may have in hand at once. */
  readonly prefetch: number;
  start(): Promise<Program>;
}

/** What an act does with the worker that is there. */
export type Happens = (scene: Scene, worker: Program) => Promise<After>;

export interface After {
  /** Whoever works on. */
  readonly worker: Program;
  /** Everything is settled. */
  readonly goesOn: boolean;
}

/** A worker that acknowledges nothing for so long is stuck; the rest would show nothing more. */
const stuckAfterMs = 8_000;
/** However slowly it goes on. */
const longestMs = 120_000;

export async function openScene(lab: Lab, prefetch: number): Promise<Scene> {
  await lab.broker.declareQueue(queue);
  const tap = await lab.broker.tap();
  const broker = await lab.proxy({ url: tap.url });
  const database = await lab.proxy('database');
  return { lab, tap, broker, database, prefetch, start: () => lab.start({ broker, database }) };
}

/** Once everything is settled, or nothing moves any more. */
export async function after(scene: Scene, worker: Program): Promise<After> {
  const { lab, tap } = scene;
  const deadline = performance.now() + longestMs;
  const acknowledged = (): number => tap.settled.filter(({ how }) => how === 'ack').length;
  let before: number;
  do {
    before = acknowledged();
    if (await lab.broker.settled([queue], stuckAfterMs)) return { worker, goesOn: true };
  } while (acknowledged() > before && performance.now() < deadline);
  return { worker, goesOn: false };
}

export function isSettled({ tap }: Scene, message: OutgoingMessage): boolean {
  return tap.settled.some(({ id, how }) => id === message.id && how !== 'requeue');
}

/** Noted first: what is acknowledged from here on may be right. */
export function thaw({ lab }: Scene, ...messages: readonly OutgoingMessage[]): void {
  for (const { id } of messages) lab.note('thawed', { id });
}

/** Only what had reached the broker before the question is asked: its row has to be there by then. */
export async function audit(scene: Scene, messages: readonly OutgoingMessage[]): Promise<void> {
  const acked = new Set(scene.tap.settled.filter(({ how }) => how === 'ack').map(({ id }) => id));
  const acknowledged = messages.filter(({ id }) => acked.has(id));
  const done = new Set(await withRows(scene, acknowledged));
  const without = acknowledged.map(({ id }) => id).filter((id) => !done.has(id));
  scene.lab.note('audited', { acknowledged: acknowledged.length, without } satisfies Audited);
}

/** @returns the ids of those whose payment has a row that is committed */
export async function withRows(
  { lab }: Scene,
  messages: readonly OutgoingMessage[],
): Promise<string[]> {
  const rows = await lab.database.query<{ payment: string }>(
    'SELECT DISTINCT payment FROM charges WHERE payment = ANY ($1)',
    [messages.map((message) => paymentOf(message).payment)],
  );
  const there = new Set(rows.map(({ payment }) => payment));
  return messages.filter((message) => there.has(paymentOf(message).payment)).map(({ id }) => id);
}

/** Sessions that wait for a lock: of the lab's own freezes, or of each other. */
export async function waiting({ lab }: Pick<Scene, 'lab'>): Promise<number> {
  const rows = await lab.database.query(
    `SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length;
}
