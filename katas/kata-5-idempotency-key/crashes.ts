import type { Freeze, Lab, Program } from '../../src/kata/index.js';
import { beforeTheAnswer, isHeld, noteScene, type Shop } from './network.js';
import { payment, type Till } from './requests.js';
import type { Asked } from './story.js';

/** How long the slowest of many requests may take to come to where it waits. Milliseconds. */
const gatherMs = 1_000;

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
  const isFrozen = await standsAt(lab, freeze, pending);
  const since = performance.now();
  // They were answered, or stand at the charge too, or wait for the first in the database. Those
  // that wait inside of the program can't be seen: after a while nobody else is expected.
  await lab.until('all requests with one key have come', async () => {
    const enough = answered + (await waitingSessions(lab)) >= requests;
    return enough || performance.now() - since > gatherMs;
  });
  await freeze.release();
  await pending;
  noteScene(lab, 'at-once', isFrozen);
  await lab.oneByOne(program, [till.pay(asked)]);
}

/** The program lives on; the database session that was about to charge is gone. */
export async function loseTheSession(lab: Lab, till: Till, program: Program) {
  const asked = payment('session-lost');
  const statuses = [201, 409, 422, 500, 503];
  const freeze = await freezeCharge(lab, asked);
  const first = lab.oneByOne(program, [till.pay(asked, { statuses })]);
  const isFrozen = await standsAt(lab, freeze, first);
  await freeze.abandon();
  await first;
  noteScene(lab, 'session-lost', isFrozen);
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
  const isFrozen = await standsAt(lab, freeze, charging);
  const result = cable.hold('to-client');
  await freeze.release();
  const isCharged = isFrozen && (await isHeld(lab, result, charging));

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
  const isFrozen = await standsAt(lab, freeze, charging);
  await program.kill();
  await freeze.abandon();
  await charging;
  noteScene(lab, 'crash-before-charge', isFrozen);
  return [asked];
}

function freezeCharge(lab: Lab, { order }: Asked): Promise<Freeze> {
  return lab.freeze({ table: 'charges', on: 'insert', when: `NEW.order_id = '${order}'` });
}

/** False as soon as the request was answered instead. */
async function standsAt(lab: Lab, freeze: Freeze, request: Promise<unknown>): Promise<boolean> {
  const waits = await beforeTheAnswer(lab, request, async () => (await waitingSessions(lab)) > 0);
  return waits && (await freeze.reached()) !== undefined;
}

async function waitingSessions(lab: Lab): Promise<number> {
  const [row] = await lab.database.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return row?.n ?? 0;
}
