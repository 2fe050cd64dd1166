import { deadLetters, isPoison, work, type Cast, type Kind } from '../contract.js';
import type { Alone, Restarted } from '../notes.js';
import type { Scene } from './scene.js';
import { comesBackWithinMs, settled } from './settled.js';

const reachedWithinMs = 5_000;
const inHandWithinMs = 2_000;
/** "An answer may take some seconds", says the brief. */
const slowAnswerMs = 3_000;
/** What was acknowledged longer ago has stayed acknowledged when a broker was killed (600 ms seen). */
const onDiskAfterMs = 1_200;
const onDiskWithinMs = 6_000;

export type Restart = 'kill' | 'stop' | 'cut' | 'none';

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
  return (await settled(scene)) && failAlone(scene);
}

/** Nothing else waits: so it is known how long they wait between their attempts. */
async function failAlone(scene: Scene): Promise<boolean> {
  // Of a stream what failed may be taken over instead, which has a limit of its own.
  if (!scene.tap) return true;
  const made = scene.make(Array.from({ length: 5 }, (): Kind => 'refused'));
  scene.lab.note('alone', { ids: made.map(({ id }) => id) } satisfies Alone);
  await scene.publish(made);
  return settled(scene);
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
