import { outsideContract, type Answer, type Reading } from '../../../src/kata/index.js';
import type { Answered } from '../notes.js';

const expected =
  '200 with id and value, 401, 429 or 503 with Retry-After, 502 or 504, each with an error';

export function readAnswer(answer: Answer, id: string, isStranger: boolean): Reading {
  const { status } = answer;
  if (status === 200) return readValue(answer, id);
  const value: Answered = { status };
  if (status === 401 && isStranger) return { outcome: 'fail', value };
  if (status === 502 || status === 504) return { outcome: 'fail', value };
  const retryAfter = secondsOf(answer.headers['retry-after']);
  if ((status === 429 || status === 503) && retryAfter !== undefined)
    return { outcome: 'fail', value: { status, retryAfter } satisfies Answered };
  return outsideContract(answer, expected);
}

function readValue(answer: Answer, id: string): Reading {
  const body = answer.json();
  if (typeof body !== 'object' || body === null) return outsideContract(answer, expected);
  const { id: said, value } = body as Record<string, unknown>;
  if (said !== id || !Number.isSafeInteger(value)) return outsideContract(answer, expected);
  return { outcome: 'ok', value: { status: 200, value: value as number } satisfies Answered };
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function secondsOf(field: string | string[] | undefined): number | undefined {
  if (typeof field !== 'string') return undefined;
  const text = field.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
