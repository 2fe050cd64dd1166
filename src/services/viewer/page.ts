import { boundedText } from '../bounded-answer.js';
import { maskText } from '../../base/mask.js';
import { errorMessage } from '../../base/errors.js';

const patienceMs = 5_000;
const mostBytes = 4 * 2 ** 20;

export interface Page {
  readonly status: number;
  readonly text: string;
}

/**
 * Asks a page; `url` may name user and password.
 * @param send what to send as JSON, by POST where nothing else is said
 * @throws Error of the network, without secrets
 */
export async function askPage(
  url: string,
  path: string,
  send?: object,
  method = 'POST',
): Promise<Page> {
  const { protocol, host, pathname, username, password } = new URL(url);
  const who = [username, password].map(decodeURIComponent).join(':');
  const headers = {
    ...(username !== '' && { authorization: `Basic ${Buffer.from(who).toString('base64')}` }),
    ...(send && { 'content-type': 'application/json' }),
  };
  try {
    const answer = await fetch(`${protocol}//${host}${pathname.replace(/\/$/, '')}${path}`, {
      ...{ headers, redirect: 'manual', signal: AbortSignal.timeout(patienceMs) },
      ...(send && { method, body: JSON.stringify(send) }),
    });
    return { status: answer.status, text: await boundedText(answer, mostBytes) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(maskText(errorMessage(cause)), { cause });
  }
}
