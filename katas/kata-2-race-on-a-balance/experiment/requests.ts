import {
  outsideContract,
  type ClientRequest,
  type Lab,
  type Program,
  type Reading,
} from '../../../src/kata/index.js';
import type { Asked, Malformed } from '../notes.js';

/** One request, and what its answer means. */
export function operation(process: number, asked: Asked): ClientRequest {
  const { account, kind, amount } = asked;
  const common = { process, f: kind, asked, read: read(kind) };
  return kind === 'read'
    ? { ...common, method: 'GET', path: `/accounts/${account}` }
    : { ...common, method: 'POST', path: `/accounts/${account}/${kind}s`, body: { amount } };
}

/** One after the other. @returns the balance that the last answer told, where it took effect */
export async function askAlone(
  lab: Lab,
  bank: Program,
  asked: readonly Asked[],
): Promise<{ readonly answered: number; readonly balance: number | undefined }> {
  let answered = 0;
  let balance: number | undefined;
  const tell = (found: number): void => {
    answered += 1;
    balance = found;
  };
  await lab.oneByOne(
    bank,
    asked.map((one) => telling(one, tell)),
  );
  return { answered, balance };
}

/** What is no amount: 400, and nothing has happened. */
export function malformed(asked: Malformed, answered: (status: number) => void): ClientRequest {
  return {
    process: 0,
    f: 'malformed',
    asked,
    method: 'POST',
    path: `/accounts/${asked.account}/deposits`,
    rawBody: asked.body,
    headers: { 'content-type': 'application/json' },
    read(answer): Reading {
      answered(answer.status);
      return answer.status === 400
        ? { outcome: 'fail', value: { status: 400 } }
        : { outcome: 'ok', value: { status: answer.status, text: answer.text.slice(0, 200) } };
    },
  };
}

function telling(asked: Asked, tell: (balance: number) => void): ClientRequest {
  const request = operation(0, asked);
  return {
    ...request,
    read(answer) {
      const found = request.read(answer);
      if (found.outcome === 'ok') tell((found.value as { balance: number }).balance);
      return found;
    },
  };
}

/** 200 with the balance after the operation; 409 where a withdrawal asks for more than there is. */
function read(kind: Asked['kind']): ClientRequest['read'] {
  return (answer): Reading => {
    const body = answer.json();
    const balance =
      typeof body === 'object' && body !== null && 'balance' in body ? body.balance : undefined;
    if (typeof balance === 'number' && Number.isSafeInteger(balance)) {
      if (answer.status === 200) return { outcome: 'ok', value: { balance } };
      if (answer.status === 409 && kind === 'withdrawal')
        return { outcome: 'fail', value: { balance } };
    }
    const refusal = kind === 'withdrawal' ? ', or 409 {"balance": 3} (insufficient funds)' : '';
    return outsideContract(answer, `200 {"balance": 42}${refusal}`);
  };
}
