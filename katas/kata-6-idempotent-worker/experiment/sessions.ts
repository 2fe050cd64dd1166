import type { OutgoingMessage, Program } from '../../../src/kata/index.js';
import { messageOf, queue } from '../contract.js';
import type { Frozen, Unanswered } from '../notes.js';
import { noteFrozen } from './hands.js';
import { commitOnTheWire, keyed, reaches } from './hold.js';
import { after, isSettled, thaw, withRows, type After, type Scene } from './scene.js';

const reachedWithinMs = 5_000;
/** Waited for in full where a worker takes one message after the other. */
const besideWithinMs = 1_000;

/**
 * The database hangs up at the statement that takes the payment, twice; the worker lives on, and
 * stands in the middle of an older message meanwhile, where it takes more than one at once.
 */
export async function loseTheSession(scene: Scene, worker: Program): Promise<After> {
  const { lab } = scene;
  const [older, message] = [messageOf('older', 3), messageOf('session', 4)];
  const beside = await lab.freeze(keyed('charges', older));
  // Whoever comes to the second has failed at the first: by now it is a redelivery, or a new try.
  const first = await lab.freeze(keyed('charges', message));
  const second = await lab.freeze(keyed('charges', message));
  const letGo = async (): Promise<void> => {
    thaw(scene, older);
    await beside.release();
  };
  await lab.broker.publish(queue, [older, message]);
  if (await beside.reached(1, reachedWithinMs)) noteFrozen(scene, older, 'go-on', 'session-lost');
  let isThere = await first.reached(1, besideWithinMs);
  if (!isThere) {
    await letGo();
    isThere = await first.reached(1, reachedWithinMs);
  }
  for (const freeze of [first, second]) {
    if (await freeze.reached(1, reachedWithinMs))
      noteFrozen(scene, message, 'error', 'session-lost');
    thaw(scene, message);
    if (freeze === second) await letGo();
    await freeze.abandon();
  }
  return after(scene, worker);
}

/** What a server says of a COMMIT, of an INSERT of some rows, and of what may call one. */
const answers = [
  /C\0\0\0.COMMIT\0/,
  /C\0\0\0.INSERT 0 [1-9]\d*\0/,
  /C\0\0\0.(?:SELECT|CALL|MERGE)[ \d]*\0/,
];

/** The session ends with a COMMIT on its way to the database, and once more with its answer. */
export async function loseTheCommit(scene: Scene, worker: Program): Promise<After> {
  const { lab } = scene;
  const message = messageOf('commit-lost', 9);
  await cutAt(scene, message, 'to-server', commitOnTheWire, () => {
    lab.note('frozen', {
      ...{ id: message.id, at: 'commit', then: 'error', in: 'commit-lost' },
    } satisfies Frozen);
  });
  // Where nobody says COMMIT, a statement is a transaction by itself.
  for (const [n, answer] of answers.entries())
    if (await loseTheAnswer(scene, messageOf(`answer-lost-${n + 1}`, n), answer)) break;
  return after(scene, worker);
}

/** @returns whether it was the answer to what has taken effect */
async function loseTheAnswer(
  scene: Scene,
  message: OutgoingMessage,
  answer: RegExp,
): Promise<boolean> {
  let rows: readonly string[] = [];
  await cutAt(scene, message, 'to-client', answer, async () => {
    rows = await withRows(scene, [message]);
    for (const id of rows) scene.lab.note('unanswered', { id } satisfies Unanswered);
  });
  return rows.length > 0;
}

/** Where the worker comes to that point with the message, its session ends there. */
async function cutAt(
  scene: Scene,
  message: OutgoingMessage,
  direction: 'to-server' | 'to-client',
  pattern: RegExp,
  note: () => Promise<void> | void,
): Promise<void> {
  const { lab, database } = scene;
  const hold = database.hold(direction, { pattern, first: 1 });
  await lab.broker.publish(queue, [message]);
  const isThere = await reaches(scene, message, () => hold.held > 0);
  if (isThere) await note();
  thaw(scene, message);
  if (isThere) hold.cut('rst');
  else hold.release();
  // Whoever works on it again must not be taken for the next.
  await lab.until(
    'the message whose session ended is done',
    () => isSettled(scene, message),
    reachedWithinMs,
  );
}
