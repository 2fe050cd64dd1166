import type { IncomingHttpHeaders } from 'node:http';
import { readEnvironment } from '../../kit/node/environment.js';
import { openPool } from '../../kit/node/postgres.js';
import { run, type Reply } from '../../kit/node/serve.js';
import { checkThenInsert } from './check-then-insert.js';
import { none } from './none.js';
import type { Outcome, Payment, Strategy } from './payments.js';
import { storedResponse } from './stored-response.js';
import { uniqueKey } from './unique-key.js';

const strategies = new Map<string, Strategy>([
  ['none', none],
  ['check-then-insert', checkThenInsert],
  ['unique-key', uniqueKey],
  ['stored-response', storedResponse],
]);

const environment = readEnvironment();
const ttlMs = environment.integer('PLAN_KEY_TTL_MS');

run({
  port: environment.port,
  async open() {
    const name = environment.text('PLAN_STRATEGY', 'none');
    const strategy = strategies.get(name);
    if (!strategy) throw new Error(`there is no strategy "${name}"`);
    const pool = await openPool(environment.text('DATABASE_URL'));
    await strategy.prepare?.(pool);
    return {
      routes: {
        'POST /pay': async (body, _parameters, headers) => {
          const payment = readPayment(body, headers);
          return typeof payment === 'string'
            ? problem(400, 'Not a payment', payment)
            : replyTo(await strategy.pay(pool, payment, ttlMs));
        },
      },
      close: () => pool.end(),
    };
  },
});

function replyTo(outcome: Outcome): Reply {
  switch (outcome) {
    case 'in-progress':
      return problem(409, 'In progress', 'a request with this key is still under way');
    case 'already-used':
      return problem(409, 'Already used', 'a request with this key has been here');
    case 'other-payload':
      return problem(422, 'Another payload', 'this key was used for another payment');
    default:
      return outcome.status < 400
        ? outcome
        : { ...outcome, contentType: 'application/problem+json' };
  }
}

/** RFC 9457. */
function problem(status: number, title: string, detail: string): Reply {
  return { status, body: { title, status, detail }, contentType: 'application/problem+json' };
}

/** @returns why it is none */
function readPayment(body: unknown, headers: IncomingHttpHeaders): Payment | string {
  const key = keyIn(headers['idempotency-key']);
  if (key === undefined) return 'Idempotency-Key is needed: 1 to 255 characters, in quotes or not';
  const client = headers['client-id'];
  if (typeof client !== 'string' || client === '') return 'Client-Id is needed';
  const { order, amount } = (body ?? {}) as Record<string, unknown>;
  if (typeof order !== 'string' || order === '') return 'order must be a text';
  if (!isAmount(amount)) return 'amount must be a whole number from 1, in cents';
  return { client, key, order, amount };
}

/** The draft of the IETF wants a string in quotes, other APIs take it bare: both are the same key. */
function keyIn(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  const bare = /^"(.*)"$/.exec(header)?.[1] ?? header;
  return bare.length >= 1 && bare.length <= 255 ? bare : undefined;
}

/** PostgreSQL's integer ends at 2^31 − 1. */
function isAmount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 2 ** 31 - 1;
}
