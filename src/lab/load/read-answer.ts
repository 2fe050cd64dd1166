import type { Answer, ClientRequest, Reading } from '../../kata/client.js';
import type { Connection } from './http1/connection.js';
import { bodyText } from './http1/request.js';

/** Asks the request what the answer on its connection says. */
export function readAnswer({ answer, intended }: Connection, request: ClientRequest): Reading {
  const text = answer.body().toString('utf8');
  const reading = request.read({
    status: answer.status,
    headers: headersOf(answer.rawHeaders),
    text,
    tookMs: performance.now() - intended,
    json() {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return undefined;
      }
    },
  });
  return withRequest(reading, request);
}

/** A breach of the contract is told with the request that met it. */
export function withRequest(reading: Reading, request: ClientRequest): Reading {
  if (reading.outcome !== 'unknown' || reading.problem.kind !== 'contract') return reading;
  return { ...reading, problem: { ...reading.problem, request: shown(request) } };
}

export function shown(request: ClientRequest): string {
  return `${request.method} ${request.path} ${bodyText(request) ?? ''}`.trim();
}

/** Names in lower case; a field that came more than once is a list. */
function headersOf(raw: readonly string[]): Answer['headers'] {
  const headers: Record<string, string | string[]> = {};
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] as string).toLowerCase();
    const value = raw[index + 1] as string;
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  return headers;
}
