import type { OutgoingMessage, Program } from '../../../src/kata/index.js';
import { messageOf, queue } from '../contract.js';
import type { Frozen } from '../notes.js';
import { commitOnTheWire, holdTheAck, keyed, reaches } from './hold.js';
import { after, audit, isSettled, thaw, waiting, type After, type Scene } from './scene.js';

const reachedWithinMs = 5_000;
const besideWithinMs = 1_000;
/** So many come with the one that the worker dies in, at most, before it and behind it. */
const mostBeside = 40;

/** The effect is there, its acknowledgement is on the wire, and the worker dies in that moment. */
export async function crashBeforeTheAck(scene: Scene, worker: Program): Promise<After> {
  const hold = await holdTheAck(scene, 'crash', 2);
  await worker.kill();
  hold.cut('fin');
  return after(scene, await scene.start());
}

/** The payment is written and its COMMIT is on the wire, and never arrives. */
export async function crashBeforeTheCommit(scene: Scene, worker: Program): Promise<After> {
  const { lab, database } = scene;
  const message = messageOf('crash-uncommitted', 2);
  const hold = database.hold('to-server', { pattern: commitOnTheWire, first: 1 });
  await lab.broker.publish(queue, [message]);
  if (!(await reaches(scene, message, () => hold.held > 0))) {
    hold.release();
    return after(scene, worker);
  }
  lab.note('frozen', { id: message.id, at: 'commit', then: 'crash' } satisfies Frozen);
  // Also the time in which an acknowledgement that was sent too early arrives.
  await beside(scene, [messageOf('beside-uncommitted', 4)]);
  await worker.kill();
  thaw(scene, message);
  hold.cut('rst');
  return after(scene, await scene.start());
}

/** The worker dies at the statement that marks the message. */
export const crashAtTheMark = (scene: Scene, worker: Program): Promise<After> =>
  crashAt(scene, worker, {
    table: 'inbox',
    first: [],
    behind: [messageOf('beside-inbox', 4)],
  });

/**
 * The worker dies at the statement that takes a payment, the last of all that it may have in hand:
 * what it has acknowledged of the others by then has to be in the database for good.
 */
export function crashAmongOthers(scene: Scene, worker: Program): Promise<After> {
  const others = (name: string, most: number): OutgoingMessage[] =>
    Array.from({ length: Math.min(most, mostBeside) }, (_, n) => messageOf(`${name}-${n + 1}`, n));
  return crashAt(scene, worker, {
    table: 'charges',
    first: others('before', scene.prefetch - 1),
    behind: others('beside-charges', scene.prefetch),
  });
}

interface CrashAt {
  readonly table: 'charges' | 'inbox';
  readonly first: readonly OutgoingMessage[];
  readonly behind: readonly OutgoingMessage[];
}

async function crashAt(
  scene: Scene,
  worker: Program,
  { table, first, behind }: CrashAt,
): Promise<After> {
  const { lab } = scene;
  const message = messageOf(`crash-at-${table}`, 3);
  const freeze = await lab.freeze(keyed(table, message));
  await lab.broker.publish(queue, [...first, message]);
  const isThere =
    (await reaches(scene, message, async () => (await waiting(scene)) > 0)) &&
    (await freeze.reached(1, reachedWithinMs)) !== undefined;
  if (!isThere) {
    await freeze.release();
    return after(scene, worker);
  }
  lab.note('frozen', { id: message.id, at: table, then: 'crash' } satisfies Frozen);
  await beside(scene, behind, first);
  await worker.kill();
  thaw(scene, message);
  await freeze.abandon();
  return after(scene, await scene.start());
}

/** Whoever acknowledges these with `multiple` acknowledges the frozen one, too. */
async function beside(
  scene: Scene,
  messages: readonly OutgoingMessage[],
  first: readonly OutgoingMessage[] = [],
): Promise<void> {
  await scene.lab.broker.publish(queue, messages);
  const others = [...first, ...messages];
  await scene.lab.until(
    'a worker with room for them takes other messages',
    () => others.every((message) => isSettled(scene, message)),
    besideWithinMs,
  );
  await audit(scene, others);
}
