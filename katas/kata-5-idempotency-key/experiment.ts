import type { Lab, Program } from '../../src/kata/index.js';
import { payment, type Asked } from './contract.js';
import {
  crashAfterwards,
  crashAtTheCharge,
  giveUp,
  loseTheSession,
  payAtOnce,
  stopInHand,
} from './experiment/crashes.js';
import { expire } from './experiment/expiry.js';
import { beSlow, loseTheRequest, loseTheResponse } from './experiment/network.js';
import { Till, type Malformed } from './experiment/requests.js';
import type { Charge } from './notes.js';

const aDayMs = 86_400_000;
/** So long a key may stay in progress once its program has crashed and is back. Milliseconds. */
const inProgressMs = 1_000;
/** Between two questions for a key that is in progress. Milliseconds. */
const askEveryMs = 100;

interface Options {
  readonly payments: number;
  readonly requests: number;
  readonly keyTtlMs: number;
}

export async function experiment(
  lab: Lab,
  { payments, requests, keyTtlMs }: Options,
): Promise<void> {
  const till = new Till();
  const cable = await lab.proxy('database');
  const first = await start(lab, aDayMs, { database: cable });
  const shop = { program: first, network: await lab.proxy(first), cable };
  await lab.act('network', async () => {
    await loseTheResponse(lab, till, shop);
    await loseTheRequest(lab, till, shop);
    await beSlow(lab, till, shop);
    await giveUp(lab, till, shop);
  });
  await lab.act('at-once', () => payAtOnce(lab, till, first, requests));
  await lab.act('session-lost', async () => {
    await loseTheSession(lab, till, first);
    // Before a restart makes it forget what it should never have remembered.
    await askUntilAnswered(lab, till, first);
    for (const { client, key } of till.open) lab.note('still-open', { client, key });
  });
  await lab.act('keys', async () => {
    await mixUpKeys(lab, till, first);
    await refuseWhatIsNoPayment(lab, till, first);
    await decline(lab, till, first);
  });

  const second = await lab.act('crash-afterwards', async () => {
    const underWay = await crashAfterwards(lab, till, shop);
    return startedAnew(lab, till, underWay);
  });
  const third = await lab.act('crash-at-the-charge', async () => {
    const atItsCharge = await crashAtTheCharge(lab, till, second ?? first);
    return startedAnew(lab, till, atItsCharge);
  });
  const program = third ?? second ?? first;
  await askUntilAnswered(lab, till, program);
  await lab.act('load', () =>
    lab.closed(program, {
      users: 10,
      requests: payments,
      next: (process, n) =>
        till.pay(payment('load', { key: `k-${n}`, order: `o-${n}` }), { process }),
    }),
  );
  const isStopped = await lab.act('stop', async () => {
    await stopInHand(lab, till, program);
    return true;
  });
  if (!isStopped) await program.stop();

  await lab.act('expiry', async () => {
    const last = await start(lab, keyTtlMs);
    await expire(lab, till, last, keyTtlMs);
    await last.stop();
  });
  lab.note('final', {
    charges: await lab.database.query<Charge>(
      'SELECT id::text AS id, client, order_id AS "order", amount FROM charges ORDER BY charges.id',
    ),
  });
}

function start(lab: Lab, ttlMs: number, options: Parameters<Lab['start']>[0] = {}) {
  return lab.start({ ...options, env: { PLAN_KEY_TTL_MS: String(ttlMs) } });
}

/** It is back, and what was under way is asked for again. */
async function startedAnew(lab: Lab, till: Till, underWay: readonly Asked[]): Promise<Program> {
  const program = await start(lab, aDayMs);
  await askAgain(lab, till, program, underWay);
  return program;
}

/** What was refused is not remembered: the mended request has the same key. */
async function refuseWhatIsNoPayment(lab: Lab, till: Till, program: Program): Promise<void> {
  const statuses = [201, 400, 409, 422, 503];
  const keyless = payment('no-key', { key: null });
  const invalid = [0, -2_500].map((amount) => payment('invalid', { amount }));
  const mended = payment('invalid');
  const { order, amount } = mended;
  const malformed: Malformed[] = [
    { client: null },
    { rawBody: `{"order": "${order}", "amount": ${amount}` },
    { body: { order: 7, amount } },
    { body: { order, amount: amount + 0.5 } },
  ];
  await lab.oneByOne(program, [
    till.pay(keyless, { statuses }),
    ...invalid.map((asked) => till.pay(asked, { statuses: [400] })),
    ...malformed.map((wrong) => till.pay(mended, { statuses: [400], malformed: wrong })),
    till.pay(mended, { statuses }),
  ]);
}

async function mixUpKeys(lab: Lab, till: Till, program: Program): Promise<void> {
  const quotes = payment('quotes');
  const original = payment('other-payload');
  const dearer = payment('other-payload', { amount: 9_900 });
  const elsewhere = payment('other-payload', { order: 'o-other-payload-2' });
  // Without a border between order and amount, it reads as the original.
  const glued = payment('other-payload', { order: 'o-other-payload2', amount: 500 });
  const instalments = [payment('instalments'), payment('instalments', { key: 'k-instalments-2' })];
  const mine = payment('two-clients');
  const theirs = payment('two-clients', { client: 'c-2' });
  await lab.oneByOne(program, [
    till.pay(quotes, { quoted: false }),
    till.pay(quotes),
    ...[original, dearer, elsewhere, glued, original, mine, theirs].map((asked) => till.pay(asked)),
    till.pay(mine, { written: otherwise(mine) }),
    ...[...alike, ...instalments, ...instalments].map((asked) => till.pay(asked)),
  ]);
}

/** Other spaces, the fields in another order and one more of them: what it means is the same. */
const otherwise = ({ order, amount }: Asked): string =>
  `{\n  "amount" : ${amount},\n  "attempt" : 2,\n  "order" : "${order}"\n}\n`;

const longest = 255;
const long = 'k-long-'.padEnd(longest - 1, '0123456789');

/** Without a border between client and key, the second is the first; and so on. */
const alike = [
  { client: 'c-1', key: '1-alike' },
  { client: 'c-11', key: '-alike' },
  { key: 'k-alike' },
  { key: 'K-ALIKE' },
  { key: `${long}a` },
  { key: `${long}b` },
  { key: 'k-spaces' },
  { key: ' k-spaces ' },
  { key: '8e03978e-40d5-43e8-bc93-6894a57f9324' },
  { key: '8E03978E-40D5-43E8-BC93-6894A57F9324' },
].map((own, n) => payment('alike', { ...own, order: `o-alike-${n + 1}` }));

/** A decline is an answer like any other: with the same key it stays, with a new one all is new. */
async function decline(lab: Lab, till: Till, program: Program): Promise<void> {
  const client = 'c-limited';
  const declined = payment('declined', { client });
  const anew = payment('declined', { client, key: 'k-declined-anew', order: 'o-declined-anew' });
  await lab.database.query('INSERT INTO limits (client, max_amount) VALUES ($1, 1000)', [client]);
  await lab.oneByOne(program, [till.pay(declined, { statuses: [402] })]);
  await lab.database.query('UPDATE limits SET max_amount = 10000 WHERE client = $1', [client]);
  lab.note('limit-raised', { client });
  await lab.oneByOne(program, [
    till.pay(declined, { statuses: [201, 402, 409, 422, 503] }),
    till.pay(anew),
  ]);
  // What was paid is paid, also where it would be too much today.
  await lab.database.query('UPDATE limits SET max_amount = 1000 WHERE client = $1', [client]);
  await lab.oneByOne(program, [till.pay(anew, { statuses: [201, 402, 409, 422, 503] })]);
}

/** Twice: the second answer must be the first one. */
async function askAgain(lab: Lab, till: Till, program: Program, pays: readonly Asked[]) {
  await lab.oneByOne(
    program,
    [...pays, ...pays].map((asked) => till.pay(asked)),
  );
}

/** Whoever was told "not now" asks until it is answered, or until the contract's time is over. */
async function askUntilAnswered(lab: Lab, till: Till, program: Program): Promise<void> {
  const since = performance.now();
  let lastAsked = since - askEveryMs;
  await lab.until('every key has its answer', async () => {
    const asks = performance.now();
    if (till.open.length === 0) return true;
    if (asks - lastAsked < askEveryMs) return false;
    lastAsked = asks;
    await lab.oneByOne(
      program,
      till.open.map((asked) => till.pay(asked, { statuses: [201, 402, 409, 422, 500, 503] })),
    );
    return asks - since > inProgressMs;
  });
}
