import type { Lab, Program } from '../../src/kata/index.js';
import { payment, type Asked } from './contract.js';
import {
  crashAfterwards,
  crashAtTheCharge,
  loseTheSession,
  payAtOnce,
} from './experiment/crashes.js';
import { beSlow, loseTheRequest, loseTheResponse, noteScene } from './experiment/network.js';
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
  });
  await lab.act('at-once', () => payAtOnce(lab, till, first, requests));
  await lab.act('session-lost', () => loseTheSession(lab, till, first));
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
  await program.stop();

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
  const mine = payment('two-clients');
  const theirs = payment('two-clients', { client: 'c-2' });
  await lab.oneByOne(program, [
    till.pay(quotes, { quoted: false }),
    till.pay(quotes),
    ...[original, dearer, elsewhere, original, mine, theirs].map((asked) => till.pay(asked)),
    till.pay(mine, { written: otherwise(mine) }),
    ...alike.map((asked) => till.pay(asked)),
  ]);
}

/** Other spaces, and the fields in another order: what it means is the same. */
const otherwise = ({ order, amount }: Asked): string =>
  `{\n  "amount" : ${amount},\n  "order" : "${order}"\n}\n`;

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

/** By the clock of the database and by ours: the program may go by either. */
async function expire(lab: Lab, till: Till, program: Program, ttlMs: number): Promise<void> {
  const asked = payment('expired');
  const databaseClock = async (): Promise<number> => {
    const sql = 'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms';
    return (await lab.database.query<{ ms: number }>(sql))[0]?.ms ?? 0;
  };
  await lab.oneByOne(program, [till.pay(asked)]);
  const enough = ttlMs + 50;
  const [here, there] = [performance.now(), await databaseClock()];
  const expired = await lab.until(
    'the key has expired',
    async () => performance.now() - here > enough && (await databaseClock()) - there > enough,
    enough + 10_000,
  );
  noteScene(lab, 'expired', expired === true);
  await lab.oneByOne(program, [till.pay({ ...asked, life: 2 })]);
}
