import type { OutgoingMessage, Program } from '../../../src/kata/index.js';
import { messageOf, queue } from '../contract.js';
import type { Away, Frozen } from '../notes.js';
import { keyed } from './hold.js';
import { after, isSettled, thaw, type After, type Scene } from './scene.js';

const reachedWithinMs = 5_000;
/** Longer than an impatient statement waits. */
const hesitatesMs = 800;
/** Waited for in full by one that connects again only once it is done. */
const againWithinMs = 2_000;
/** Some seconds, as the contract says. */
const awayMs = 2_500;
/** For one that waits for long between two attempts. */
const mostAwayMs = 8_000;

/** The database takes its time with a message, and its copy is there as well: one worker. */
export async function hesitate(scene: Scene, worker: Program): Promise<After> {
  const message = messageOf('slow', 6);
  await whileHeld(scene, message, [message, message], 'slow-database', () =>
    scene.lab.until(
      'a message is settled that is not done',
      () => isSettled(scene, message),
      hesitatesMs,
    ),
  );
  return after(scene, worker);
}

/** The connection breaks with a message in hand that is done only afterwards, when it came again. */
export async function cutInHand(scene: Scene, worker: Program): Promise<After> {
  const message = messageOf('in-hand', 7);
  await whileHeld(scene, message, [message], 'cut-in-hand', async () => {
    scene.broker.cut('rst');
    await scene.lab.until(
      'what was in hand comes again',
      () => scene.tap.unacked.some(({ id, redelivered }) => id === message.id && redelivered),
      againWithinMs,
    );
  });
  return after(scene, worker);
}

/** A message stands at its INSERT while something happens. */
export async function whileHeld(
  scene: Scene,
  message: OutgoingMessage,
  sent: readonly OutgoingMessage[],
  act: NonNullable<Frozen['in']>,
  happens: () => Promise<unknown>,
): Promise<void> {
  const freeze = await scene.lab.freeze(keyed('charges', message));
  await scene.lab.broker.publish(queue, sent);
  if (await freeze.reached(1, reachedWithinMs)) {
    noteFrozen(scene, message, 'go-on', act);
    await happens();
  }
  thaw(scene, message);
  await freeze.release();
}

export function noteFrozen(
  { lab }: Scene,
  { id }: OutgoingMessage,
  then: Frozen['then'],
  act: NonNullable<Frozen['in']>,
): void {
  lab.note('frozen', { id, at: 'charges', then, in: act } satisfies Frozen);
}

/** The first word of a client: whoever is held there has no connection yet. */
const greeting = /AMQP/;

/** Whoever comes to the broker is thrown out before a word, for some seconds, and at least once. */
export async function stayAway(scene: Scene, worker: Program): Promise<After> {
  const { lab, broker } = scene;
  const since = performance.now();
  let attempts = 0;
  let door = broker.hold('to-server', { pattern: greeting });
  broker.cut('rst');
  await lab.until(
    'the worker has tried to connect for some seconds',
    () => {
      if (door.held > 0) {
        attempts += 1;
        door.cut('rst');
        door = broker.hold('to-server', { pattern: greeting });
      }
      return attempts > 0 && performance.now() - since > awayMs;
    },
    mostAwayMs,
  );
  door.release();
  lab.note('away', { attempts } satisfies Away);
  await lab.broker.publish(queue, [messageOf('after-a-while', 8)]);
  return after(scene, worker);
}
