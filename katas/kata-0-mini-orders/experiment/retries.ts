import type { Freeze, Lab, Program } from '../../../src/kata/index.js';
import { atOnce, heldBack, impatient, overtaken, slow, unconfirmed } from '../contract.js';
import type { Abandoned, Came, Order } from '../notes.js';
import type { Behind } from './behind.js';
import { placing, reading } from './requests.js';
import { atBoth, comesBeforeTheAnswer, type Replicas } from './replicas.js';

const patienceMs = 10_000;
/** So late a slow upstream answers: whoever does not wait for it has long answered. */
const slowMs = 300;
/** So long both requests may take until they stand in the database; then they go on. */
const meetMs = 1_000;

/**
 * A client that goes away while its order is under way: no clock decides, but the call upstream,
 * which is answered only once the client is gone. A note rather than an operation, because here
 * the answer that does not come is no fault of the program's. Then it asks the other replica.
 */
export async function giveUpOn(
  lab: Lab,
  [a, b]: Replicas,
  behind: Behind,
): Promise<readonly Order[]> {
  const held = behind.hold(impatient.id);
  let outcome: Abandoned['outcome'];
  let status: number | null = null;
  try {
    const answer = await fetch(`${a.url}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(impatient),
      signal: AbortSignal.any([held.called, lab.signal, AbortSignal.timeout(patienceMs)]),
    });
    await readSome(answer);
    status = answer.status;
    outcome = 'answered';
  } catch {
    outcome = held.called.aborted ? 'gave-up' : 'no-answer';
  } finally {
    held.release();
  }
  lab.signal.throwIfAborted();
  lab.note('abandoned', { order: impatient, replica: 'A', outcome, status } satisfies Abandoned);
  await lab.oneByOne(b, [placing(impatient, 'B')]);
  return [impatient];
}

const mostBytes = 2 ** 20;

/** Only that it answers matters here: of an answer without end, the beginning is enough. */
async function readSome(answer: Response): Promise<void> {
  let bytes = 0;
  for await (const part of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > mostBytes) return;
  }
}

/** Nobody can write the row yet: whoever is told 201 all the same must find it at the other replica. */
async function acknowledgeWhatIsHeld(lab: Lab, [a, b]: Replicas): Promise<void> {
  const freeze = await freezeRow(lab, heldBack);
  const asking = lab.oneByOne(a, [placing(heldBack, 'A')]);
  const answered = asking.then(() => 'answered' as const);
  const came = await Promise.race([answered, freeze.reached(1, meetMs)]);
  if (came === 'answered') await lab.oneByOne(b, [reading({ id: heldBack.id, replica: 'B' })]);
  await freeze.release();
  await asking;
}

/** Both replicas are about to write the same row when they are let go. */
async function writeTheSameRow(lab: Lab, replicas: Replicas): Promise<void> {
  const freeze = await freezeRow(lab, atOnce);
  const both = atBoth(replicas, (program, replica, process) =>
    lab.oneByOne(program, [placing(atOnce, replica, { process })]),
  );
  await Promise.race([both, freeze.reached(2, meetMs)]);
  await freeze.release();
  await both;
}

export async function standAtTheRow(lab: Lab, replicas: Replicas): Promise<readonly Order[]> {
  await acknowledgeWhatIsHeld(lab, replicas);
  await writeTheSameRow(lab, replicas);
  return [heldBack, atOnce];
}

function freezeRow(lab: Lab, { id }: Order): Promise<Freeze> {
  return lab.freeze({ table: 'orders', on: 'insert', when: `NEW.id = '${id}'` });
}

/** Upstream refuses, or breaks the connection: no 201. Then the client asks the other replica. */
export async function unconfirmedAtFirst(
  lab: Lab,
  replicas: Replicas,
  behind: Behind,
): Promise<readonly Order[]> {
  const refusals = unconfirmed.map(({ id, status }) => behind.refuse(id, status));
  const orders = unconfirmed.map(({ id, item }) => ({ id, item }));
  await Promise.all([
    waitForUpstream(lab, replicas[1], behind),
    overtake(lab, replicas, behind),
    ...orders.map(async (order, process) => {
      await lab.oneByOne(replicas[0], [placing(order, 'A', { process, mayFail: true })]);
      refusals[process]?.confirmFromNowOn();
    }),
  ]);
  const met = refusals.every(({ refused }) => refused > 0);
  lab.note('came', { condition: 'upstream-refused', met } satisfies Came);
  await lab.oneByOne(
    replicas[1],
    orders.map((order) => placing(order, 'B')),
  );
  return [...orders, slow, overtaken];
}

/** No 201 before upstream has confirmed, however long that takes. */
async function waitForUpstream(lab: Lab, replica: Program, behind: Behind): Promise<void> {
  const held = behind.hold(slow.id);
  let isAnswered = false;
  const asking = lab
    .oneByOne(replica, [placing(slow, 'B', { process: 3, mayFail: true })])
    .finally(() => (isAnswered = true));
  const met = await comesBeforeTheAnswer(lab, asking, () => held.called.aborted);
  await lab.until('an answer before upstream has confirmed', () => isAnswered, slowMs);
  held.release();
  await asking;
  lab.note('came', { condition: 'upstream-was-slow', met } satisfies Came);
  await lab.oneByOne(replica, [placing(slow, 'B', { process: 3 })]);
}

/** What B has acknowledged stays so, also when A hears afterwards that upstream refuses. */
async function overtake(lab: Lab, [a, b]: Replicas, behind: Behind): Promise<void> {
  const held = behind.hold(overtaken.id, 503);
  const asking = lab.oneByOne(a, [placing(overtaken, 'A', { process: 4, mayFail: true })]);
  const met = await comesBeforeTheAnswer(lab, asking, () => held.called.aborted);
  let isAnswered = false;
  const meanwhile = lab.oneByOne(b, [placing(overtaken, 'B', { process: 5 })]).finally(() => {
    isAnswered = true;
  });
  // Who calls within its transaction lets B wait for that.
  await lab.until('an answer of the other replica', () => isAnswered, meetMs);
  held.release();
  await Promise.all([asking, meanwhile]);
  lab.note('came', { condition: 'asked-meanwhile', met } satisfies Came);
}
