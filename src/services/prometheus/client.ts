import { boundedText } from '../bounded-answer.js';
import { maskText } from '../../base/mask.js';
import { errorMessage } from '../../base/errors.js';

const patienceMs = 10_000;
const mostBytes = 64 * 2 ** 20;

/** It answered, and said no. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Asks the API of a Prometheus; `url` may name user, password and a path of its own.
 * @returns what it calls `data`
 * @throws Refusal · the error of the network
 */
export async function askPrometheus(
  url: string,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  // By POST, since an expression may be longer than a line may be.
  const body = new URLSearchParams(parameters).toString();
  const { status, text } = await send(url, `api/v1/${path}`, body === '' ? undefined : body);
  const answer = readJson(text);
  if (answer?.status === 'success') return answer.data;
  throw new Refusal(status, answer?.error ?? `${status} ${text.slice(0, 200)}`);
}

/** Reads its configuration and its rules again. @throws Refusal, also where they are none */
export async function reloadPrometheus(url: string): Promise<void> {
  const { status, text } = await send(url, '-/reload', '');
  if (status !== 200) throw new Refusal(status, text.trim().slice(0, 500) || String(status));
}

/** `2.42.0` @throws as above, also of a server that is no Prometheus */
export async function versionOf(url: string): Promise<string> {
  const { version } = (await askPrometheus(url, 'status/buildinfo')) as { version?: unknown };
  const number = typeof version === 'string' ? /^\d+(\.\d+)+/.exec(version)?.[0] : undefined;
  if (number === undefined) throw new Error('it names no version');
  return number;
}

interface Said {
  readonly status?: string;
  readonly data?: unknown;
  readonly error?: string;
}

function readJson(text: string): Said | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

async function send(
  url: string,
  path: string,
  body: string | undefined,
): Promise<{ status: number; text: string }> {
  const { base, authorization } = addressOf(url);
  try {
    const answer = await fetch(`${base}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      redirect: 'error',
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(patienceMs),
    });
    return { status: answer.status, text: await boundedText(answer, mostBytes) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(maskText(errorMessage(cause)), { cause });
  }
}

function addressOf(text: string): { base: string; authorization: string | undefined } {
  const { protocol, host, pathname, username, password } = new URL(text);
  const who = [username, password].map(decodeURIComponent).join(':');
  return {
    base: `${protocol}//${host}${pathname.replace(/\/?$/, '/')}`,
    authorization: username === '' ? undefined : `Basic ${Buffer.from(who).toString('base64')}`,
  };
}
