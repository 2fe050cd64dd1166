import {
  outsideContract,
  type Answer,
  type ClientRequest,
  type Reading,
} from '../../../src/kata/index.js';
import type { Asked, Balance, Part } from '../notes.js';

type Transfer = Omit<Asked, 'part'>;

/**
 * `POST /transfers`: 201 done, 409 insufficient funds, 404 unknown account, 422 the id is that of
 * another transfer, 503 not known to be done: ask again. For an id that was done before, 200 says
 * the same as 201. What is no transfer is 400 and nothing else.
 */
export function transferring(process: number, transfer: Transfer, part: Part): ClientRequest {
  return {
    process,
    f: 'transfer',
    asked: { ...transfer, part } satisfies Asked,
    method: 'POST',
    path: '/transfers',
    body: transfer,
    read(answer) {
      if (part === 'invalid') return refusal(answer);
      const { id, retries } = (answer.json() ?? {}) as Record<string, unknown>;
      // Whoever runs a held one again by itself finds it done as well.
      const repeated = part === 'again' || part === 'at-once' || part === 'held';
      const reading = meaningOf(answer.status, repeated);
      if (!Number.isInteger(retries) || !reading) return strange(answer, transfer.id);
      if (reading === 'done' && id !== transfer.id) return strange(answer, transfer.id);
      return reading === 'done'
        ? { outcome: 'ok', value: { retries } }
        : { outcome: 'fail', value: { reason: reading, retries } };
    },
  };
}

function refusal(answer: Answer): Reading {
  return answer.status === 400
    ? { outcome: 'fail', value: { reason: 'invalid', retries: 0 } }
    : outsideContract(answer, '400 {"error": "…"}: this is no transfer');
}

function meaningOf(status: number, repeated: boolean): string | undefined {
  if (status === 200) return repeated ? 'done' : undefined;
  const meanings: Readonly<Record<number, string>> = {
    201: 'done',
    404: 'unknown-account',
    409: 'insufficient-funds',
    422: 'id-reused',
    503: 'unavailable',
  };
  return meanings[status];
}

function strange(answer: Answer, id: string): Reading {
  return outsideContract(
    answer,
    `201 {"id": "${id}", "retries": 0}, 404, 409 or 422 {"error": "…", "retries": 0}, or 503 (ask again)`,
  );
}

/** `GET /accounts`: 200 with every account, or 503. */
export function readingAccounts(process: number): ClientRequest {
  return {
    process,
    f: 'accounts',
    asked: {},
    method: 'GET',
    path: '/accounts',
    read(answer) {
      const balances = balancesIn(answer.json());
      if (answer.status === 200 && balances) return { outcome: 'ok', value: { balances } };
      if (answer.status === 503) return { outcome: 'fail', value: { reason: 'unavailable' } };
      return outsideContract(
        answer,
        '200 {"accounts": [{"id": "a-1", "balance": 100}, …]}, or 503 (ask again)',
      );
    },
  };
}

function balancesIn(body: unknown): Balance[] | undefined {
  const { accounts } = (body ?? {}) as Record<string, unknown>;
  if (!Array.isArray(accounts)) return undefined;
  const balances = accounts.map((one: unknown) => {
    const { id, balance } = (one ?? {}) as Record<string, unknown>;
    return typeof id === 'string' && Number.isSafeInteger(balance)
      ? { id, balance: balance as number }
      : undefined;
  });
  return balances.every((one) => one !== undefined) ? balances : undefined;
}
