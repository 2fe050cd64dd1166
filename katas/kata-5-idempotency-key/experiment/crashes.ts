import type { Freeze, Lab, Program } from '../../../src/kata/index.js';
import { payment, type Asked } from '../contract.js';
import { beforeTheAnswer, isHeld, noteScene, type Shop } from './network.js';
import type { Till } from './requests.js';

/** Once nothing has moved for so long, nobody else is expected. Milliseconds. */
const stillMs = 1_000;

/** The first request stands at its charge while the others come. */
export async function payAtOnce(lab: Lab, till: Till, program: Program, requests: number) {
  const asked = payment('at-once');
  const freeze = await freezeCharge(lab, asked);
  let answered = 0;
  const all = Array.from({ length: requests }, async (_, process) => {
    await lab.oneByOne(program, [till.pay(asked, { process })]);
    answered += 1;
  });
  const pending = Promise.all(all);
  const session = await standsAt(lab, freeze, pending);
  // Whoever lets it wait for the first must not give it the first one's answer.
  const dearer = payment('other-at-once', { key: asked.key, order: asked.order, amount: 9_900 });
  const other = lab.oneByOne(program, [till.pay(dearer, { process: requests })]);
  const everybody = requests + 1;
  void other.then(
    () => (answered += 1),
    () => undefined,
  );
  // They were answered, or stand at the charge too, or wait for the first in the database. Those
  // that wait inside of the program can't be seen.
  let [come, since] = [0, performance.now()];
  await lab.until('all requests with one key have come', async () => {
    const now = answered + (await waitingSessions(lab));
    if (now > come) [come, since] = [now, performance.now()];
    return come >= everybody || performance.now() - since > stillMs;
  });
  // Whoever was told 201 until now was told so before anybody paid.
  lab.note('charge-let-go', { order: asked.order });
  await freeze.release();
  await Promise.all([pending, other]);
  noteScene(lab, 'at-once', session !== undefined);
  await lab.oneByOne(program, [till.pay(asked)]);
  await askBesideOthers(lab, till, program, asked);
}

/** Others stand at their charges: the retry comes to another connection of the program's. */
async function askBesideOthers(lab: Lab, till: Till, program: Program, asked: Asked) {
  const others = [1, 2, 3].map((n) =>
    payment('at-once', { key: `k-beside-${n}`, order: `o-beside-${n}` }),
  );
  const freeze = await lab.freeze({
    ...{ table: 'charges', on: 'insert', when: "NEW.order_id LIKE 'o-beside-%'" },
  });
  let answered = 0;
  const paying = others.map((other, process) =>
    lab.oneByOne(program, [till.pay(other, { process: process + 1 })]).finally(() => {
      answered += 1;
    }),
  );
  await lab.until(
    'the others stand at their charges',
    async () => answered + (await waitingSessions(lab)) >= others.length,
    stillMs,
  );
  let isAnswered = false;
  const asking = lab.oneByOne(program, [till.pay(asked), till.pay(asked)]).finally(() => {
    isAnswered = true;
  });
  // Who serves one at a time, or has few connections, comes to it once the others are let go.
  await lab.until('the retry is answered', () => isAnswered, stillMs);
  await freeze.release();
  await Promise.all([asking, ...paying]);
}

/** Its client is gone before the charge is made; what the program does then it does all the same. */
export async function giveUp(lab: Lab, till: Till, { program, network }: Shop) {
  const asked = payment('gave-up');
  const freeze = await freezeCharge(lab, asked);
  const asking = lab.oneByOne(network, [till.pay(asked)]);
  const session = await standsAt(lab, freeze, asking);
  network.cut('rst');
  await asking;
  // It asks again while the program is still at it.
  let isAnswered = false;
  const again = lab.oneByOne(program, [till.pay(asked, { process: 1 })]).finally(() => {
    isAnswered = true;
  });
  const isAtIt = async (): Promise<boolean> => isAnswered || (await waitingSessions(lab)) > 1;
  await lab.until('an answer, or one more who waits', isAtIt, stillMs / 2);
  await freeze.release();
  await again;
  noteScene(lab, 'gave-up', session !== undefined);
  await lab.oneByOne(program, [till.pay(asked), till.pay(asked)]);
}

/** The program lives on; the database session that was about to charge is gone. */
export async function loseTheSession(lab: Lab, till: Till, program: Program) {
  const asked = payment('session-lost');
  const statuses = [201, 409, 422, 500, 503];
  const freeze = await freezeCharge(lab, asked);
  const first = lab.oneByOne(program, [till.pay(asked, { statuses })]);
  const session = await standsAt(lab, freeze, first);
  await freeze.abandon();
  await first;
  noteScene(lab, 'session-lost', session !== undefined);
  await lab.oneByOne(program, [till.pay(asked, { statuses })]);
}

/**
 * Two payments are under way when the program is killed: of one everything is done but its answer
 * not delivered; of the other the charge was made a moment ago, and the program does not know it yet.
 */
export async function crashAfterwards(lab: Lab, till: Till, { program, network, cable }: Shop) {
  const done = payment('crash-before-answer');
  const answer = network.hold('to-client');
  const answering = lab.oneByOne(network, [till.pay(done)]);
  const isDone = await isHeld(lab, answer, answering);

  const charged = payment('crash-after-charge');
  const freeze = await freezeCharge(lab, charged);
  const charging = lab.oneByOne(program, [till.pay(charged, { process: 1 })]);
  const session = await standsAt(lab, freeze, charging);
  const result = cable.hold('to-client');
  await freeze.release();
  const isCharged = session !== undefined && (await hasDone(lab, session));

  await program.kill();
  result.cut('rst');
  answer.cut('rst');
  await Promise.all([answering, charging]);
  noteScene(lab, 'crash-before-answer', isDone);
  noteScene(lab, 'crash-after-charge', isCharged);
  return [done, charged];
}

/** The program is killed at its charge, which then never takes effect. */
export async function crashAtTheCharge(lab: Lab, till: Till, program: Program) {
  const asked = payment('crash-before-charge');
  const freeze = await freezeCharge(lab, asked);
  const charging = lab.oneByOne(program, [till.pay(asked)]);
  const session = await standsAt(lab, freeze, charging);
  await program.kill();
  await freeze.abandon();
  await charging;
  noteScene(lab, 'crash-before-charge', session !== undefined);
  return [asked];
}

/** So long after SIGTERM it may go on: whoever ends after a moment has long done so. Milliseconds. */
const drainsMs = 700;

/** It is told to end with a payment in hand, and finishes it. */
export async function stopInHand(lab: Lab, till: Till, program: Program): Promise<void> {
  const asked = payment('in-hand');
  const freeze = await freezeCharge(lab, asked);
  let isAnswered = false;
  const asking = lab.oneByOne(program, [till.pay(asked)]).finally(() => {
    isAnswered = true;
  });
  const session = await standsAt(lab, freeze, asking);
  const ending = program.stop();
  if (session !== undefined) await lab.until('an answer after SIGTERM', () => isAnswered, drainsMs);
  await freeze.release();
  await Promise.all([asking, ending]);
}

function freezeCharge(lab: Lab, { order }: Asked): Promise<Freeze> {
  return lab.freeze({ table: 'charges', on: 'insert', when: `NEW.order_id = '${order}'` });
}

/**
 * Undefined as soon as the request was answered instead.
 * @returns the process id of the database session that stands there
 */
async function standsAt(
  lab: Lab,
  freeze: Freeze,
  request: Promise<unknown>,
): Promise<number | undefined> {
  const isThere = async (): Promise<boolean> => (await waitingSessions(lab)) > 0;
  if (!(await beforeTheAnswer(lab, request, isThere))) return undefined;
  return (await freeze.reached())?.[0];
}

/** The session has done its statement, and its client knows nothing of it. */
async function hasDone(lab: Lab, session: number): Promise<boolean> {
  const done = await lab.until('the charge is made', async () => {
    const sql = 'SELECT state FROM pg_stat_activity WHERE pid = $1';
    const [row] = await lab.database.query<{ state: string | null }>(sql, [session]);
    return row?.state?.startsWith('idle') === true;
  });
  return done === true;
}

async function waitingSessions(lab: Lab): Promise<number> {
  const [row] = await lab.database.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return row?.n ?? 0;
}
