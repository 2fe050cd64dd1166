import { connect, type Socket } from 'node:net';
import type { Lab, Program } from '../../../src/kata/index.js';
import { inHand, lastWords } from '../contract.js';
import type { Came, Order } from '../notes.js';
import type { Behind } from './behind.js';
import { placing, reading } from './requests.js';
import { comesBeforeTheAnswer, letters, type Replicas } from './replicas.js';

/** So long a program may go on to listen after SIGTERM before upstream answers all the same. */
const closesWithinMs = 500;
/** "Within five seconds", says the contract: so late upstream confirms what B has in hand. */
const confirmedAfterMs = 3_000;

/**
 * Each replica has an order in hand that waits for upstream, and a connection on which nothing has
 * come yet. With SIGTERM the orders are finished, and upstream takes its time with one of them; a crash
 * leaves them unanswered.
 */
export async function endWithWorkInHand(
  lab: Lab,
  replicas: Replicas,
  behind: Behind,
  restart: 'stop' | 'kill',
): Promise<typeof inHand> {
  const silent = await Promise.all(replicas.map(connected));
  // Nobody is left to hear of a confirmation after a crash.
  const calls = inHand.map(({ id }) => behind.hold(id, restart === 'kill' ? null : 200));
  let inHands = 0;
  const asking = replicas.map((program, n) =>
    lab.oneByOne(program, [
      // Who gives upstream less time than that says so, and nothing is promised.
      placing(inHand[n] as Order, letters[n] ?? 'A', { process: n, mayFail: n === 1 }),
    ]),
  );
  await Promise.all(
    asking.map(async (request, n) => {
      const came = await comesBeforeTheAnswer(
        lab,
        request,
        () => calls[n]?.called.aborted === true,
      );
      if (came) inHands += 1;
    }),
  );
  const met = inHands === replicas.length;
  lab.note('came', { condition: 'in-hand-at-the-restart', met } satisfies Came);
  const ending = Promise.all(replicas.map((replica) => replica[restart]()));
  const toldAt = performance.now();
  if (restart === 'stop')
    await lab.until('both have stopped listening', () => areClosed(replicas), closesWithinMs);
  calls[0]?.release();
  if (restart === 'stop') {
    const restMs = confirmedAfterMs - (performance.now() - toldAt);
    await isOverWithin(lab, asking[1], restMs);
  }
  calls[1]?.release();
  await Promise.all([...asking, ending]);
  for (const socket of silent) socket.destroy();
  return inHand;
}

async function isOverWithin(
  lab: Lab,
  asking: Promise<unknown> | undefined,
  ms: number,
): Promise<void> {
  let isOver = false;
  const over = (): void => void (isOver = true);
  asking?.then(over, over);
  await lab.until('an answer before upstream has confirmed', () => isOver, ms);
}

/**
 * The last answer has just come when A is killed: what it promised, B must know.
 * @returns A
 */
export async function crashAfterTheAnswers(lab: Lab, [a, b]: Replicas): Promise<Program> {
  await Promise.all(
    lastWords.map((order, process) => lab.oneByOne(a, [placing(order, 'A', { process })])),
  );
  await a.kill();
  await lab.oneByOne(
    b,
    lastWords.map(({ id }) => reading({ id, replica: 'B' })),
  );
  return a;
}

async function connected({ url }: Program): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) =>
    socket.once('connect', resolve).once('close', () => resolve()),
  );
  return socket;
}

/** They take no new connection any more. */
async function areClosed(replicas: Replicas): Promise<boolean> {
  const sockets = await Promise.all(replicas.map(connected));
  const closed = sockets.every((socket) => socket.readyState !== 'open');
  for (const socket of sockets) socket.destroy();
  return closed;
}
