import type { Text } from '../i18n/text.js';
import { bodyBreach, type Fields } from './messages.js';

/** What services agree upon about one route that one of them calls another by. */
export interface CallContract {
  /** The role that answers it. */
  readonly to: string;
  /** Of the request; empty where there is nothing to agree upon. */
  readonly body: Fields;
  /** Of the answers, by status. Beyond these anybody may say with 500 and more that it can't. */
  readonly answers: Readonly<Record<number, Fields>>;
}

/** By route: `POST /payments`. What is not named is not judged. */
export type Calls = Readonly<Record<string, CallContract>>;

/** How a request is not as agreed. */
export function requestBreach({ body }: CallContract, sent: unknown): Text | undefined {
  return Object.keys(body).length === 0 ? undefined : bodyBreach(body, sent);
}

/** How an answer is not as agreed. */
export function answerBreach(
  { answers }: CallContract,
  status: number,
  body: unknown,
): Text | undefined {
  const agreed = answers[status];
  if (agreed !== undefined)
    return Object.keys(agreed).length === 0 ? undefined : bodyBreach(agreed, body);
  if (status >= 500) return undefined;
  const known = Object.keys(answers).join(', ');
  return {
    en: `it is answered ${status}, and the contract knows ${known}, and 500 and more`,
    es: `se responde ${status}, y el contrato conoce ${known}, y de 500 en adelante`,
  };
}
