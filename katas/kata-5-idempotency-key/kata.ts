import { defineKata, integer } from '../../src/kata/index.js';
import type { Lab, Program } from '../../src/kata/index.js';
import { check } from './rules.js';
import {
  crashAfterwards,
  crashAtTheCharge,
  loseTheSession,
  payAtOnce,
} from './experiment/crashes.js';
import { beSlow, loseTheRequest, loseTheResponse, noteScene } from './experiment/network.js';
import { payment, Till, type Malformed } from './experiment/requests.js';
import type { Asked, Charge } from './story.js';

const aDayMs = 86_400_000;
/** So long a key may stay in progress once its program has crashed and is back. Milliseconds. */
const inProgressMs = 1_000;
/** Between two questions for a key that is in progress. Milliseconds. */
const askEveryMs = 100;

export const kata = defineKata({
  id: 'kata-5',
  item: 'm2.b2.kata-5',
  title: { en: 'POST /pay with Idempotency-Key', es: 'POST /pay con Idempotency-Key' },
  conditions: ({ payments, requests }) => ({
    en: `lost answers, ${requests} requests at once with one key, crashes; then ${payments} payments undisturbed`,
    es: `respuestas perdidas, ${requests} peticiones a la vez con una clave, caídas; después ${payments} pagos sin percances`,
  }),
  services: ['postgres'],
  languages: ['node', 'go'],
  strategies: {
    none: { en: 'ignore the key', es: 'ignorar la clave' },
    'check-then-insert': {
      en: 'look whether the key is there, then charge and write it down',
      es: 'mirar si la clave está; si no, cobrar y apuntarla',
    },
    'unique-key': {
      en: 'write the key first, under a unique index',
      es: 'escribir primero la clave, bajo un índice único',
    },
    'stored-response': {
      en: 'key, charge and answer in one transaction',
      es: 'clave, cargo y respuesta en una transacción',
    },
  },
  defaultStrategy: 'none',
  options: {
    payments: integer({
      default: 200,
      min: 0,
      max: 100_000,
      help: {
        en: 'payments with keys of their own once nothing goes wrong any more: what the key costs',
        es: 'pagos con clave propia cuando ya nada sale mal: lo que cuesta la clave',
      },
    }),
    requests: integer({
      default: 10,
      min: 2,
      max: 1_000,
      help: { en: 'requests at once with one key', es: 'peticiones a la vez con una clave' },
    }),
    keyTtlMs: integer({
      default: 300,
      min: 100,
      max: 60_000,
      help: {
        en: 'milliseconds until a key expires, in the part that is about it; a day before',
        es: 'milisegundos hasta que una clave caduca, en la parte que trata de ello; antes, un día',
      },
    }),
  },
  lesson: [
    { strategy: 'none' },
    { strategy: 'check-then-insert' },
    { strategy: 'unique-key' },
    { strategy: 'stored-response' },
  ],
  expect(strategy) {
    switch (strategy) {
      case 'none':
        return {
          verdict: 'violated',
          by: 'one-charge-a-key',
          with: ['same-answer', 'other-payload-refused'],
        };
      case 'check-then-insert':
        return { verdict: 'violated', by: 'one-charge-a-key', with: ['same-answer'] };
      case 'unique-key':
        return { verdict: 'violated', by: 'same-answer', with: ['retry-is-answered'] };
      default:
        return { verdict: 'holds' };
    }
  },
  columns: [
    { figure: 'charges', head: { en: 'charges', es: 'cargos' } },
    { figure: 'chargedTwice', head: { en: 'charged twice', es: 'cobradas dos veces' } },
    { figure: 'differing', head: { en: 'answers differ', es: 'respuestas distintas' } },
    { figure: 'conflicts', head: { en: '409 at once', es: '409 a la vez' } },
  ],

  async experiment(lab, { payments, requests, keyTtlMs }) {
    const till = new Till();
    const cable = await lab.proxy('database');
    const first = await start(lab, aDayMs, { database: cable });
    const shop = { program: first, network: await lab.proxy(first), cable };
    await loseTheResponse(lab, till, shop);
    await loseTheRequest(lab, till, shop);
    await beSlow(lab, till, shop);
    await payAtOnce(lab, till, first, requests);
    await loseTheSession(lab, till, first);
    await mixUpKeys(lab, till, first);
    await refuseWhatIsNoPayment(lab, till, first);
    await decline(lab, till, first);

    const underWay = await crashAfterwards(lab, till, shop);
    const second = await start(lab, aDayMs);
    await askAgain(lab, till, second, underWay);
    const atItsCharge = await crashAtTheCharge(lab, till, second);
    const third = await start(lab, aDayMs);
    await askAgain(lab, till, third, atItsCharge);
    await askUntilAnswered(lab, till, third);
    await lab.closed(third, {
      users: 10,
      requests: payments,
      next: (process, n) =>
        till.pay(payment('load', { key: `k-${n}`, order: `o-${n}` }), { process }),
    });
    await third.stop();

    const last = await start(lab, keyTtlMs);
    await expire(lab, till, last, keyTtlMs);
    await last.stop();
    lab.note('final', {
      charges: await lab.database.query<Charge>(
        'SELECT id::text AS id, client, order_id AS "order", amount FROM charges ORDER BY charges.id',
      ),
    });
  },

  check,

  questions: {
    problem: {
      en: 'In my own words: which payment was charged twice, what had its client heard the first time, and why was asking again the right thing for it to do?',
      es: 'Con mis palabras: ¿qué pago se cobró dos veces, qué había oído su cliente la primera vez, y por qué hacía bien en pedir otra vez?',
    },
    tradeOffs: {
      en: 'What does the key cost (statements, rows, latency)? How long should it be remembered, and what happens to whoever asks again later? Wait for the first request, or answer 409?',
      es: '¿Qué cuesta la clave (sentencias, filas, latencia)? ¿Cuánto tiempo hay que recordarla, y qué le pasa a quien pide otra vez más tarde? ¿Esperar a la primera petición, o responder 409?',
    },
    realWorld: {
      en: 'Where do my systems repeat requests (clients, queues, cron, people pressing twice)? Which effects leave my database (e-mails, card networks), and who there accepts a key of mine?',
      es: '¿Dónde repiten peticiones mis sistemas (clientes, colas, cron, personas que pulsan dos veces)? ¿Qué efectos salen de mi base de datos (correos, redes de tarjetas), y quién acepta allí una clave mía?',
    },
  },
});

function start(lab: Lab, ttlMs: number, options: Parameters<Lab['start']>[0] = {}) {
  return lab.start({ ...options, env: { PLAN_KEY_TTL_MS: String(ttlMs) } });
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
  ]);
}

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
