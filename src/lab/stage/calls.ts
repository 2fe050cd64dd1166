import {
  createServer,
  request as send,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { errorCode, errorMessage } from '../../base/errors.js';
import { reset } from '../../base/reset.js';
import type { Recorder } from '../../history/recorder.js';
import type { CallEndedNote, CallNote } from '../../kata/sequence/index.js';

/** Of a request or an answer, bytes. */
const mostBytes = 1_048_576;

/** Between which roles, and by which port the one is told to find the other. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly port: number;
}

/**
 * Stands where one role was told to find another: hands each call on as it came, its answer too, and
 * takes both down. It listens only while there is somebody to hand them on to, so that whoever calls
 * a program that is not there is refused, as without it.
 */
export class CallRelay {
  readonly way: Way;
  readonly #recorder: Recorder;
  readonly #number: () => number;
  readonly #open = new Set<Socket>();
  #server: ReturnType<typeof createServer> | undefined;
  #closed = Promise.resolve();
  #isCut = false;

  /** @param number of the next call of the case */
  constructor(way: Way, recorder: Recorder, number: () => number) {
    this.way = way;
    this.#recorder = recorder;
    this.#number = number;
  }

  /** @param url where to hand them on to */
  async listen(url: string): Promise<void> {
    await this.close();
    const server = createServer((request, response) => {
      if (!this.#isCut) void this.#take(request, response, url);
    });
    // It never closes an idle connection: a call that meets the closing would fail for no fault.
    server.keepAliveTimeout = 0;
    server.on('connection', (socket) => {
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port: this.way.port, host: '127.0.0.1', backlog: 4096 }, resolve);
    });
  }

  /** What is under way is lost, and what comes is never answered, until `heal`. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#open) reset(socket);
  }

  heal(): void {
    if (!this.#isCut) return;
    this.#isCut = false;
    for (const socket of this.#open) reset(socket);
  }

  close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return this.#closed;
    this.#closed = new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return this.#closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse, url: string): Promise<void> {
    const { from, to } = this.way;
    const n = this.#number();
    const lose = (): void => reset(request.socket);
    const { method = 'GET', url: path = '/' } = request;
    const asked = await readAll(request).catch(() => undefined);
    if (asked === undefined) {
      lose();
      return;
    }
    const call = { n, from, to, method, path, body: valueOf(asked) };
    this.#recorder.note('call', call satisfies CallNote);
    const ended = (how: Omit<CallEndedNote, 'n'>): void =>
      this.#recorder.note('call-ended', { n, ...how } satisfies CallEndedNote);
    try {
      const answer = await handOn(request, response, asked, url);
      const text = await readAll(answer);
      ended({ status: answer.statusCode ?? 0, body: valueOf(text) });
      response.writeHead(
        answer.statusCode ?? 502,
        answer.statusMessage,
        withoutHops(answer.headers),
      );
      response.end(text);
    } catch (error) {
      ended({ problem: errorCode(error) ?? errorMessage(error) });
      lose();
    }
  }
}

/** A caller that gives up gives up for both. */
function handOn(
  { method, url: path, headers }: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  url: string,
): Promise<IncomingMessage> {
  const { hostname, port } = new URL(url);
  const to = { host: hostname, port, method, path, headers: withoutHops(headers), agent: false };
  return new Promise((resolve, reject) => {
    const onward = send(to, resolve);
    // Also after it has settled: a connection that breaks later must not end the lab.
    onward.on('error', reject);
    response.once('close', () => onward.destroy());
    onward.end(body);
  });
}

const hops = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'proxy-connection', 'te'];

function withoutHops(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hops.includes(name)));
}

/** @throws Error where there is more than the lab takes, or the other end went away */
async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > mostBytes) throw new Error(`more than ${mostBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function valueOf(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}
