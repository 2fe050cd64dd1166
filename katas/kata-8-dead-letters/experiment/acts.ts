import type { Program } from '../../../src/kata/index.js';
import { deadLetters, isPoison, work, type Cast, type Kind } from '../contract.js';
import type { Replaced, Restarted } from '../notes.js';
import type { Scene } from './scene.js';

/** A message that was called so often is in a loop; more would show nothing more. */
const loopAfter = 100;
/** No call and no dead letter for so long: nothing more comes. Three times what the brief allows. */
const quietMs = 3_000;
/** And after a restart, until the worker has connected again. */
const comesBackWithinMs = 8_000;
/** However slowly it goes on. */
const longestMs = 60_000;
const reachedWithinMs = 5_000;
const inHandWithinMs = 2_000;
const cancelledWithinMs = 1_500;
/** "An answer may take some seconds", says the brief. */
const slowAnswerMs = 3_000;
/** What was acknowledged longer ago has stayed acknowledged when a broker was killed (600 ms seen). */
const onDiskAfterMs = 1_200;
const onDiskWithinMs = 6_000;

export type Restart = 'kill' | 'stop' | 'cut' | 'none';

/**
 * Waits until every message has come to its end: shipped, or among the dead letters.
 * @returns false where one loops, or where nothing moves any more
 */
export async function settled(scene: Scene, firstWithinMs = quietMs): Promise<boolean> {
  const { lab, queue, warehouse, cast } = scene;
  const poison = cast.filter(isPoison).length;
  const wanted = cast.filter((one) => !isPoison(one));
  let moves: number | undefined;
  let until = performance.now() + firstWithinMs;
  const end = await lab.until(
    'every message is shipped or a dead letter',
    async () => {
      if (warehouse.mostCalls >= loopAfter) return 'loops';
      const dead = await queue.waiting(deadLetters);
      const isShipped = wanted.every((one) => warehouse.hasShipped(one));
      if (isShipped && dead >= poison && (await queue.waiting(work)) === 0) return 'settled';
      const now = performance.now();
      if (moves !== undefined && warehouse.calls + dead !== moves) until = now + quietMs;
      moves = warehouse.calls + dead;
      return now > until && 'quiet';
    },
    longestMs,
  );
  if (end !== 'settled') return false;
  // Shipped is not acknowledged yet, and a broker that is back may still have some to deliver again.
  return queue.kind === 'rabbitmq' ? lab.broker.settled([work], quietMs) : true;
}

/** Poison among good ones, most of it early: whoever lets it block the others shows it. */
export async function flood(scene: Scene, messages: number): Promise<boolean> {
  const { lab } = scene;
  const special: Kind[] = [
    ...Array.from({ length: 6 }, (): Kind => 'refused'),
    ...(['stubborn', 'late', 'late', 'unreadable', 'unreadable'] as const),
  ];
  const kinds = Array.from({ length: messages }, (): Kind => 'good');
  const early = Math.ceil(messages / 4);
  for (const kind of special) kinds.splice(lab.random.integer(0, early), 0, kind);
  await scene.publish(scene.make(kinds));
  return settled(scene);
}

/**
 * A new version goes out in the middle of a message's attempts: the second is under way as the
 * worker is told to stop, the third falls to its successor. What only memory knew is gone.
 */
export async function deploy(
  scene: Scene,
  worker: Program,
): Promise<{ worker: Program; goesOn: boolean }> {
  const { lab, tap, warehouse } = scene;
  // Alone: a broker that counts may count a delivery that crosses with the worker's goodbye.
  const made = scene.make(['refused']);
  const held = warehouse.hold(made, 2);
  await scene.publish(made);
  await lab.until('a second attempt is under way', () => held.count > 0, reachedWithinMs);
  const stopping = worker.stop();
  // Whoever is still taking messages would make the third attempt itself.
  if (tap)
    await lab.until(
      'the worker takes no more messages',
      () => tap.consumers(work) === 0,
      cancelledWithinMs,
    );
  const ids = made.map(({ id }) => id);
  lab.note('replaced', { ids, underWay: held.count } satisfies Replaced);
  held.release();
  await stopping;
  const next = await scene.start();
  // Of a stream somebody has to take over what its predecessor held.
  const goesOn = await settled(scene, tap ? quietMs : comesBackWithinMs);
  return { worker: next, goesOn };
}

/**
 * As many good ones as the worker takes at once are with the warehouse, which takes its time; others
 * and poison wait behind them, and the broker goes down and comes back. So it is known what was in
 * hand, and that all else has been on disk for a while.
 */
export async function restart(scene: Scene, how: Restart, prefetch: number): Promise<boolean> {
  const { lab, queue, tap, warehouse } = scene;
  const inHand = scene.make(Array.from({ length: prefetch }, (): Kind => 'good'));
  const hold = warehouse.hold(inHand, 1);
  await scene.publish(inHand);
  await lab.until('the worker has its hands full', () => hold.count >= prefetch, inHandWithinMs);
  const behind = scene.make(behindKinds);
  await scene.publish(behind);
  // A worker that takes more at once than it should has some of these in hand, too.
  await lab.until(
    'what is behind waits, or is done with',
    async () => (await queue.waiting(work)) >= behind.length || (await isDoneWith(scene, behind)),
    inHandWithinMs,
  );
  await answersTakeTime(scene);
  const done = await goDownAndUp(scene, how);
  const ids = inHand.map(({ id }) => id);
  lab.note('restarted', { how: done, inHand: ids, held: hold.count } satisfies Restarted);
  hold.release();
  // A quorum queue looks empty until it has noticed that its old consumer is gone.
  if (tap && hold.count > 0 && done !== 'none')
    await lab.until(
      'what was in hand comes again',
      () => inHand.every(({ id }) => tap.deliveries.filter((one) => one.id === id).length > 1),
      reachedWithinMs,
    );
  return settled(scene, comesBackWithinMs);
}

/** Some seconds, and so long that no acknowledgement is new: a broker that is killed forgets those. */
async function answersTakeTime({ lab, tap }: Scene): Promise<void> {
  const beganAt = performance.now();
  let [settled, settledAt] = [tap?.settled.length, beganAt];
  await lab.until(
    'answers have taken their time, and what was acknowledged is on disk',
    () => {
      const now = performance.now();
      if (tap && tap.settled.length !== settled) [settled, settledAt] = [tap.settled.length, now];
      return now - beganAt >= slowAnswerMs && now - settledAt >= onDiskAfterMs;
    },
    onDiskWithinMs,
  );
}

const behindKinds: readonly Kind[] = [
  ...Array.from({ length: 5 }, (): Kind => 'good'),
  ...(['refused', 'unreadable', 'late', 'refused'] as const),
  ...Array.from({ length: 5 }, (): Kind => 'good'),
];

/** @returns what was really done: a broker of others is not stopped, only its connections are cut */
async function goDownAndUp({ lab, queue }: Scene, how: Restart): Promise<Restarted['how']> {
  /** The next best thing; a stream's reader keeps what it has in hand all the same. */
  const cut = async (): Promise<Restarted['how']> => {
    if (queue.kind !== 'rabbitmq') return 'none';
    await lab.broker.cutConnections();
    return 'cut';
  };
  if (how === 'none') return 'none';
  if (how === 'cut') return cut();
  try {
    await (how === 'kill' ? queue.kill() : queue.stop());
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'broker-not-ours') throw error;
    lab.note('broker-not-ours', {});
    return cut();
  }
  await queue.start();
  return how;
}

async function isDoneWith(
  { cast, queue, warehouse }: Scene,
  behind: readonly Cast[],
): Promise<boolean> {
  const isShipped = behind.every((one) => isPoison(one) || warehouse.hasShipped(one));
  return isShipped && (await queue.waiting(deadLetters)) >= cast.filter(isPoison).length;
}
