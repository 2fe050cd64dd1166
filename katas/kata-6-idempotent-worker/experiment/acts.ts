import {
  ackOnTheWire,
  type Hold,
  type OutgoingMessage,
  type Program,
} from '../../../src/kata/index.js';
import { messageOf, paymentOf, queue } from '../contract.js';
import type { Frozen, Held } from '../notes.js';
import { rowsOf, waiting, type Scene } from './scene.js';

/** A worker that acknowledges nothing for so long is stuck; the rest would show nothing more. */
const stuckAfterMs = 8_000;
/** However slowly it goes on. */
const longestMs = 120_000;
const reachedWithinMs = 5_000;
const bothWithinMs = 2_000;
/** Waited for in full by one that works alone. */
const handsWithinMs = 4_000;
/** Waited for in full where a worker takes one message after the other. */
const severalWithinMs = 1_000;
const besideWithinMs = 1_000;
/** Messages that are on their way when a worker is told to stop. */
const underWay = 60;
const letGoWithinMs = 300;
/** The first messages of all that come once more with them. */
const oldest = 3;

async function idle({ lab, tap }: Scene): Promise<boolean> {
  const deadline = performance.now() + longestMs;
  const acknowledged = (): number => tap.settled.filter(({ how }) => how === 'ack').length;
  let before: number;
  do {
    before = acknowledged();
    if (await lab.broker.settled([queue], stuckAfterMs)) return true;
  } while (acknowledged() > before && performance.now() < deadline);
  return false;
}

/** Copies that the publisher sent to be sure: some right behind the original, some much later. */
export async function flood(scene: Scene, messages: number, percent: number): Promise<boolean> {
  const { lab } = scene;
  const batch = Array.from({ length: messages }, (_, n) => messageOf(String(n + 1), n));
  for (let left = Math.round((messages * percent) / 100); left > 0; left -= 1) {
    const at = lab.random.integer(0, batch.length - 1);
    const copy = batch[at];
    const behind = left % 2 === 0 ? at + 1 : lab.random.integer(at + 1, batch.length);
    if (copy) batch.splice(behind, 0, copy);
  }
  await lab.broker.publish(queue, batch);
  return idle(scene);
}

/** The effect is there, its acknowledgement is on the wire, and the wire is cut. */
export async function cutBeforeTheAck(scene: Scene): Promise<boolean> {
  const hold = await holdTheAck(scene, 'cut', 1);
  hold.cut('rst');
  return idle(scene);
}

/** The same moment, and the worker dies in it. @returns the worker that takes over, if all went on */
export async function crashBeforeTheAck(
  scene: Scene,
  worker: Program,
): Promise<Program | undefined> {
  const hold = await holdTheAck(scene, 'crash', 2);
  await worker.kill();
  hold.cut('fin');
  const next = await scene.start();
  return (await idle(scene)) ? next : undefined;
}

async function holdTheAck(scene: Scene, then: Held['then'], n: number): Promise<Hold> {
  const { lab, broker } = scene;
  const message = messageOf(then, n);
  const hold = broker.hold('to-server', { pattern: ackOnTheWire, first: 1 });
  await lab.broker.publish(queue, [message]);
  if (await reaches(scene, message, () => hold.held > 0)) {
    const rows = await rowsOf(scene, message);
    lab.note('held', { id: message.id, rows, then } satisfies Held);
  }
  return hold;
}

/** The worker dies at the statement that takes the payment, or at the one that marks the message. */
export async function crashAt(
  scene: Scene,
  worker: Program,
  table: 'charges' | 'inbox',
): Promise<Program | undefined> {
  const { lab } = scene;
  const message = messageOf(`crash-at-${table}`, 3);
  const freeze = await lab.freeze({ table, on: 'insert', when: keyed(table, message) });
  await lab.broker.publish(queue, [message]);
  if (!(await reaches(scene, message, async () => (await waiting(scene)) > 0))) {
    await freeze.release();
    return (await idle(scene)) ? worker : undefined;
  }
  await freeze.reached(1, reachedWithinMs);
  lab.note('frozen', { id: message.id, at: table, then: 'crash' } satisfies Frozen);
  await another(scene, table);
  await worker.kill();
  thaw(scene, message.id);
  await freeze.abandon();
  const next = await scene.start();
  return (await idle(scene)) ? next : undefined;
}

/** Whoever acknowledges this one with `multiple` acknowledges the frozen one, too. */
async function another(scene: Scene, name: string): Promise<void> {
  const message = messageOf(`beside-${name}`, 4);
  await scene.lab.broker.publish(queue, [message]);
  await scene.lab.until(
    'a worker with room for it takes another message',
    () => isSettled(scene, message),
    besideWithinMs,
  );
}

/** The statement alone: BEGIN may say READ COMMITTED, and no name of a message may contain it. */
const commitOnTheWire = /\bcommit(?: work| transaction)?\s*;?\0/i;

/** The payment is written and its COMMIT is on the wire, and never arrives. */
export async function crashBeforeTheCommit(
  scene: Scene,
  worker: Program,
): Promise<Program | undefined> {
  const { lab, database } = scene;
  const message = messageOf('crash-uncommitted', 2);
  const hold = database.hold('to-server', { pattern: commitOnTheWire, first: 1 });
  await lab.broker.publish(queue, [message]);
  if (!(await reaches(scene, message, () => hold.held > 0))) {
    hold.release();
    return (await idle(scene)) ? worker : undefined;
  }
  lab.note('frozen', { id: message.id, at: 'commit', then: 'crash' } satisfies Frozen);
  // Also the time in which an acknowledgement that was sent too early arrives.
  await another(scene, 'uncommitted');
  await worker.kill();
  thaw(scene, message.id);
  hold.cut('rst');
  const next = await scene.start();
  return (await idle(scene)) ? next : undefined;
}

/** @returns whether the worker came to the point before it had settled the message, or was stuck */
async function reaches(
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

function isSettled({ tap }: Scene, message: OutgoingMessage): boolean {
  return tap.settled.some(({ id, how }) => id === message.id && how !== 'requeue');
}

/** The database hangs up at the statement that takes the payment; the worker lives on. */
export async function loseTheSession(scene: Scene): Promise<boolean> {
  const { lab } = scene;
  const message = messageOf('session', 4);
  const freeze = await lab.freeze({
    table: 'charges',
    on: 'insert',
    when: keyed('charges', message),
  });
  await lab.broker.publish(queue, [message]);
  if (await freeze.reached(1, reachedWithinMs))
    lab.note('frozen', { id: message.id, at: 'charges', then: 'error' } satisfies Frozen);
  thaw(scene, message.id);
  await freeze.abandon();
  return idle(scene);
}

/** A message and its copy reach two workers while the first is in the middle of it. */
export async function race(scene: Scene): Promise<boolean> {
  const { lab } = scene;
  const message = messageOf('race', 5);
  const freeze = await lab.freeze({
    table: 'charges',
    on: 'insert',
    when: keyed('charges', message),
  });
  await lab.broker.publish(queue, [message, message]);
  if (await freeze.reached(1, reachedWithinMs)) {
    lab.note('frozen', { id: message.id, at: 'charges', then: 'go-on' } satisfies Frozen);
    // Whoever comes second stands there too, or waits for the first, or has finished.
    await lab.until(
      'both deliveries of the race are somewhere',
      async () =>
        (await waiting(scene)) > 1 || scene.tap.settled.some(({ id }) => id === message.id),
      bothWithinMs,
    );
  }
  thaw(scene, message.id);
  await freeze.release();
  return idle(scene);
}

/**
 * SIGTERM for a worker that stands in the middle of one message, with others in hand; the other
 * worker takes over what is left.
 */
export async function stopUnderWay(scene: Scene, worker: Program): Promise<boolean> {
  const { lab } = scene;
  // Copies of what came first of all, too: a mark has to last longer than any run.
  const first = Array.from({ length: oldest }, (_, n) => messageOf(String(n + 1), n));
  const late = Array.from({ length: underWay }, (_, n) => messageOf(`late-${n + 1}`, n));
  const freeze = await lab.freeze({
    ...{ table: 'charges', on: 'insert', when: `NEW.payment LIKE 'p-late-%'` },
  });
  await lab.broker.publish(queue, [...first, ...late]);
  await bothHaveSeveral(scene, late);
  // The insert of each of them is held back: until it is let go, none may be acknowledged.
  for (const { id } of late)
    lab.note('frozen', { id, at: 'charges', then: 'go-on' } satisfies Frozen);
  const stopped = worker.stop();
  // Whoever lets go of what is not done does it now; whoever is right waits for the database.
  const letGo = (): boolean => late.some((message) => isSettled(scene, message));
  await lab.until('a message that is not done is settled', letGo, letGoWithinMs);
  for (const { id } of late) thaw(scene, id);
  await freeze.release();
  await stopped;
  return idle(scene);
}

/** More than the one that it stands at, for a worker that takes more than one at once. */
async function bothHaveSeveral({ lab, tap }: Scene, late: readonly OutgoingMessage[]) {
  const isLate = new Set(late.map(({ id }) => id));
  const hands = (): number[] => {
    const by = new Map<number, number>();
    for (const { id, connection } of tap.unacked)
      if (isLate.has(id)) by.set(connection, (by.get(connection) ?? 0) + 1);
    return [...by.values()];
  };
  await lab.until('both workers have messages in hand', () => hands().length > 1, handsWithinMs);
  await lab.until(
    'both workers have more than one message in hand',
    () => hands().filter((inHand) => inHand > 1).length > 1,
    severalWithinMs,
  );
  // What came has to be known to the program, and not to its socket alone.
  await lab.until(
    'both stand at an INSERT',
    async () => (await waiting({ lab })) > 1,
    handsWithinMs,
  );
}

/** Noted first: what is acknowledged from here on may be right. */
function thaw({ lab }: Scene, id: string): void {
  lab.note('thawed', { id });
}

function keyed(table: 'charges' | 'inbox', message: ReturnType<typeof messageOf>): string {
  return table === 'charges'
    ? `NEW.payment = '${paymentOf(message).payment}'`
    : `NEW.message_id = '${message.id}'`;
}
