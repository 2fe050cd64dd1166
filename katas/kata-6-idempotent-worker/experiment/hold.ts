import { ackOnTheWire, type Hold, type OutgoingMessage } from '../../../src/kata/index.js';
import { messageOf, paymentOf, queue } from '../contract.js';
import type { Held } from '../notes.js';
import { isSettled, type Scene } from './scene.js';

const reachedWithinMs = 5_000;

/** The statement alone: BEGIN may say READ COMMITTED, and no name of a message may contain it. */
export const commitOnTheWire = /\bcommit(?: work| transaction)?\s*;?\0/i;

/** One message, done, and its acknowledgement does not come through. */
export async function holdTheAck(scene: Scene, then: Held['then'], n: number): Promise<Hold> {
  const { lab, broker } = scene;
  const message = messageOf(then, n);
  const hold = broker.hold('to-server', { pattern: ackOnTheWire, first: 1 });
  await lab.broker.publish(queue, [message]);
  if (await reaches(scene, message, () => hold.held > 0)) {
    const rows = await lab.database.query('SELECT id FROM charges WHERE payment = $1', [
      paymentOf(message).payment,
    ]);
    lab.note('held', { id: message.id, rows: rows.length, then } satisfies Held);
  }
  return hold;
}

/** @returns whether the worker came to the point before it had settled the message, or was stuck */
export async function reaches(
  scene: Scene,
  message: OutgoingMessage,
  isThere: () => boolean | Promise<boolean>,
): Promise<boolean> {
  const came = await scene.lab.until(
    `the worker is in the middle of ${message.id}, or is done with it`,
    async () => ((await isThere()) ? 'there' : isSettled(scene, message) && 'done'),
    reachedWithinMs,
  );
  return came === 'there';
}

/** For a freeze: the statement of this message alone. */
export function keyed(table: 'charges' | 'inbox', message: OutgoingMessage) {
  const when =
    table === 'charges'
      ? `NEW.payment = '${paymentOf(message).payment}'`
      : `NEW.message_id = '${message.id}'`;
  return { table, on: 'insert', when } as const;
}
