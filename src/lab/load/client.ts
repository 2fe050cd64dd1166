import { Client, errors } from 'undici';
import { errorCode, errorMessage } from '../../base/errors.js';
import type { Answer, ClientRequest, Reading } from '../../kata/lab.js';
import { LocalLimit } from './local-limit.js';

/** A virtual user: one keep-alive connection, one request at a time. */
export class VirtualUser {
  readonly #client: Client;

  constructor(url: string, timeoutMs: number) {
    this.#client = new Client(url, {
      pipelining: 1,
      keepAliveTimeout: 600_000,
      connectTimeout: timeoutMs,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  /** Opens the connection ahead, so that connecting is no part of what is measured. */
  async connect(): Promise<void> {
    const { body } = await this.#client.request({ method: 'GET', path: '/health' });
    await body.dump();
  }

  /** Never throws for what the program does: what went wrong is in the reading. */
  async send(request: ClientRequest, timeoutMs: number, signal: AbortSignal): Promise<Reading> {
    // undici's own timeouts count from the last byte; a deadline holds whatever trickles in.
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await this.#exchange(request, AbortSignal.any([deadline, signal]));
      return withRequest(request.read(answer), request);
    } catch (error) {
      signal.throwIfAborted();
      return deadline.aborted || isTimeout(error) ? timedOut(timeoutMs) : broken(error);
    }
  }

  async close(): Promise<void> {
    await this.#client.destroy();
  }

  async #exchange(request: ClientRequest, signal: AbortSignal): Promise<Answer> {
    const { statusCode, headers, body } = await this.#client.request({
      method: request.method,
      path: request.path,
      headers: { 'content-type': 'application/json', ...request.headers },
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal,
    });
    return answerOf(statusCode, headers, await body.text());
  }
}

function answerOf(status: number, headers: Answer['headers'], text: string): Answer {
  return {
    status,
    headers,
    text,
    json() {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return undefined;
      }
    },
  };
}

/** A breach of the contract is told with the request that met it. */
function withRequest(reading: Reading, { method, path, body }: ClientRequest): Reading {
  if (reading.outcome !== 'unknown') return reading;
  const request = `${method} ${path} ${body === undefined ? '' : JSON.stringify(body)}`.trim();
  return { ...reading, problem: { ...reading.problem, request } };
}

function isTimeout(error: unknown): boolean {
  return error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
}

function timedOut(timeoutMs: number): Reading {
  const detail = `no answer within ${timeoutMs / 1000} s`;
  return { outcome: 'unknown', problem: { kind: 'timeout', detail } };
}

function broken(error: unknown): Reading {
  const code = errorCode(error);
  if (code !== undefined && LocalLimit.codes.has(code)) throw new LocalLimit(code);
  // undici names a broken answer HPE_…; a closed connection says nothing more than that.
  const kind = code?.startsWith('HPE_') ? 'contract' : 'connection';
  const detail = code === undefined ? errorMessage(error) : `${code}: ${errorMessage(error)}`;
  return { outcome: 'unknown', problem: { kind, detail } };
}
