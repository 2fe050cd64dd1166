import type { Freeze, OutgoingMessage, Program, Tap } from '../../../src/kata/index.js';
import { messageOf, queue } from '../contract.js';
import type { Frozen, Stopped, Stopping } from '../notes.js';
import { whileHeld } from './hands.js';
import { after, isSettled, thaw, waiting, withRows, type After, type Scene } from './scene.js';

const bothWithinMs = 2_000;
/** Waited for in full by a worker that takes one message after the other. */
const handsWithinMs = 1_000;
const standsWithinMs = 4_000;
/** On their way when a worker is told to stop, beyond what it may have in hand. */
const moreThanInHand = 40;
const letGoWithinMs = 300;
/** Waited for in full by one that keeps its consumer, and takes nothing more by itself. */
const cancelsWithinMs = 700;
const closedWithinMs = 2_000;
/** The first messages of all that come once more with them. */
const oldest = 3;

/** A message and its copy reach two workers while the first is in the middle of it. */
export async function race(scene: Scene, worker: Program): Promise<After> {
  const second = await scene.start();
  const message = messageOf('race', 5);
  await whileHeld(scene, message, [message, message], 'two-workers', () =>
    // Whoever comes second stands there too, or waits for the first, or has finished.
    scene.lab.until(
      'both deliveries of the race are somewhere',
      async () =>
        (await waiting(scene)) > 1 || scene.tap.settled.some(({ id }) => id === message.id),
      bothWithinMs,
    ),
  );
  const then = await after(scene, worker);
  await second.stop();
  return then;
}

/**
 * SIGTERM for a worker that stands in the middle of one message, with others in hand. Nobody else
 * works meanwhile: what is done then, it has done. The next takes over what is left.
 */
export async function stopUnderWay(scene: Scene, worker: Program): Promise<After> {
  const { lab, tap } = scene;
  // Copies of what came first of all, too: a mark has to last longer than any run.
  const first = Array.from({ length: oldest }, (_, n) => messageOf(String(n + 1), n));
  const late = Array.from({ length: scene.prefetch + moreThanInHand }, (_, n) =>
    messageOf(`late-${n + 1}`, n),
  );
  const freeze = await lab.freeze({
    ...{ table: 'charges', on: 'insert', when: `NEW.payment LIKE 'p-late-%'` },
  });
  await lab.broker.publish(queue, [...first, ...late]);
  const standing = await standsAmongOthers(scene, freeze, late);
  // The insert of each of them is held back: until it is let go, none may be acknowledged.
  for (const { id } of late)
    lab.note('frozen', { id, at: 'charges', then: 'go-on', in: 'sigterm' } satisfies Frozen);
  const inHand = ofThese(tap, late).map(({ delivery }) => delivery);
  lab.note('stopping', { standing, inHand } satisfies Stopping);
  const stopped = worker.stop();
  await untilItHasHeard(scene, late);
  thaw(scene, ...late);
  await freeze.release();
  await stopped;
  await lab.until('its connections are closed', () => tap.connections === 0, closedWithinMs);
  lab.note('stopped', { done: await withRows(scene, late) } satisfies Stopped);
  return after(scene, await scene.start());
}

/** More than the one that it stands at, for a worker that takes more than one at once. */
async function standsAmongOthers(
  { lab, tap }: Scene,
  freeze: Freeze,
  late: readonly OutgoingMessage[],
): Promise<number> {
  // What came has to be known to the program, and not to its socket alone.
  const standing = await freeze.reached(1, standsWithinMs);
  await lab.until(
    'the worker has more than one message in hand',
    () => ofThese(tap, late).length > 1,
    handsWithinMs,
  );
  return standing?.length ?? 0;
}

function ofThese({ unacked }: Tap, messages: readonly OutgoingMessage[]) {
  const ids = new Set(messages.map(({ id }) => id));
  return unacked.filter(({ id }) => ids.has(id));
}

/** Whoever lets go of what is not done does it now; whoever is right waits for the database. */
async function untilItHasHeard(scene: Scene, late: readonly OutgoingMessage[]): Promise<void> {
  const { lab, tap } = scene;
  const letsGo = (): boolean => late.some((message) => isSettled(scene, message));
  await lab.until('a message that is not done is settled', letsGo, letGoWithinMs);
  await lab.until(
    'the worker cancels its consumer',
    () => tap.consumers(queue) === 0 || letsGo(),
    cancelsWithinMs,
  );
}
