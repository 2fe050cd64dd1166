import net from 'node:net';
import { errorCode, errorMessage } from '../../../base/errors.js';
import type { Problem } from '../../../kata/history.js';
import { ParseError } from './faults.js';
import { type Keep, ResponseParser } from './parser.js';

export interface Target {
  readonly address: string;
  readonly port: number;
  /** Milliseconds from the send to the last byte of the answer, or for connecting. */
  readonly timeoutMs: number;
  readonly keep: Keep;
}

/** Who hears of a connection. None of these may throw. */
export interface ConnectionOwner {
  opened(connection: Connection): void;
  /** `connection.answer` is complete. A `send` from here is all right. */
  answered(connection: Connection): void;
  /** The request under way has no answer. @param code of the system's error, where it was one */
  broke(connection: Connection, problem: Problem, code: string | undefined): void;
  /** Closed, or not opened, while no request was under way. */
  lost(connection: Connection, code: string | undefined): void;
  /** Bytes came that answer no request. */
  unasked(connection: Connection, bytes: Buffer): void;
}

/**
 * One for all connections of the process: what is read is parsed before anything else is read.
 * Larger than most answers, so that one system call reads one.
 */
const sharedRead = Buffer.allocUnsafeSlow(65_536);

/** A virtual user: one keep-alive connection, one request at a time. Reconnects when it sends. */
export class Connection {
  readonly user: number;
  readonly answer: ResponseParser;
  /** The intended send time of the request under way, `performance.now()`. */
  intended = 0;
  /** Its number, counted from 0. */
  request = 0;
  busy = false;
  connects = 0;

  readonly #target: Target;
  readonly #owner: ConnectionOwner;
  #socket: net.Socket | undefined;
  #open = false;
  #unsent: Buffer | undefined;
  #deadline = Number.POSITIVE_INFINITY;

  constructor(user: number, target: Target, owner: ConnectionOwner) {
    this.user = user;
    this.#target = target;
    this.#owner = owner;
    this.answer = new ResponseParser(target.keep);
  }

  get isOpen(): boolean {
    return this.#open;
  }

  get isClosed(): boolean {
    return this.#socket === undefined;
  }

  connect(now: number): void {
    this.#deadline = now + this.#target.timeoutMs;
    this.connects += 1;
    const socket = net.connect({
      host: this.#target.address,
      port: this.#target.port,
      noDelay: true,
      onread: {
        buffer: sharedRead,
        callback: (count) => {
          if (this.#socket === socket) this.#read(count);
          return true;
        },
      },
    });
    this.#socket = socket;
    socket.on('connect', () => this.#connected(socket));
    socket.on('error', (error) => this.#ended(socket, error));
    socket.on('end', () => this.#ended(socket, undefined));
    socket.on('close', () => this.#ended(socket, undefined));
  }

  /** @param withoutBody true for a HEAD */
  send(bytes: Buffer, now: number, withoutBody = false): void {
    this.busy = true;
    this.answer.expect(withoutBody);
    if (this.#open && this.#socket) {
      this.#deadline = now + this.#target.timeoutMs;
      this.#socket.write(bytes);
      return;
    }
    this.#unsent = bytes;
    if (this.#socket) this.#deadline = now + this.#target.timeoutMs;
    else this.connect(now);
  }

  /** To be called now and then, after what has arrived was read: a late loop is no late answer. */
  checkDeadline(now: number): void {
    if (now < this.#deadline) return;
    const { timeoutMs } = this.#target;
    const detail = `no answer within ${timeoutMs / 1000} s`;
    this.#abandon({ kind: 'timeout', detail, withinMs: timeoutMs }, undefined);
  }

  /** Nobody was answered for so long. */
  giveUp(afterMs: number): void {
    if (!this.busy) return;
    const detail = `no answer to anybody within ${afterMs / 1000} s`;
    const problem = { kind: 'timeout', detail, withinMs: afterMs, toAnybody: true } as const;
    this.#abandon(problem, undefined);
  }

  close(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#open = false;
    this.#unsent = undefined;
    this.busy = false;
    this.#deadline = Number.POSITIVE_INFINITY;
    socket?.destroy();
  }

  #connected(socket: net.Socket): void {
    if (this.#socket !== socket) return;
    this.#open = true;
    if (this.#unsent) {
      socket.write(this.#unsent);
      this.#unsent = undefined;
    } else if (!this.busy) this.#deadline = Number.POSITIVE_INFINITY;
    this.#owner.opened(this);
  }

  #read(count: number): void {
    if (!this.busy) {
      this.#readUnasked(0, count);
      return;
    }
    const { answer } = this;
    let at: number;
    try {
      at = answer.execute(sharedRead, 0, count);
    } catch (error) {
      this.#misunderstood(error, count);
      return;
    }
    if (answer.done) this.#complete(at, count);
  }

  #complete(at: number, count: number): void {
    this.busy = false;
    this.#deadline = Number.POSITIVE_INFINITY;
    if (at < count) this.#readUnasked(at, count);
    else if (!this.answer.keepAlive) this.close();
    this.#owner.answered(this);
  }

  /** Whatever comes after them on this connection could be taken for the answer to another request. */
  #readUnasked(from: number, count: number): void {
    // The one answer that may come unasked (RFC 9110, 15.5.9): the server closes an idle connection.
    if (from === 0 && !this.busy && beginsWith(requestTimeout, count)) return;
    const bytes = Buffer.from(sharedRead.subarray(from, count));
    this.close();
    this.#owner.unasked(this, bytes);
  }

  #misunderstood(error: unknown, count: number): void {
    const detail = errorMessage(error);
    // Anything but a ParseError is a defect of ours, and must not pass for one of the program's.
    if (!(error instanceof ParseError)) throw error;
    const problem: Problem = { kind: 'contract', detail, expected: 'HTTP/1.1' };
    // Of a body that is too large, what came last says nothing.
    if (error.fault === 'body-too-large') this.#abandon(problem, undefined);
    else this.#abandon({ ...problem, received: `${detail} in ${startOf(count)}` }, undefined);
  }

  #ended(socket: net.Socket, error: Error | undefined): void {
    if (this.#socket !== socket) return;
    if (this.busy && this.#open && !error && this.answer.begun && this.answer.finish()) {
      this.#complete(0, 0);
      return;
    }
    const code = errorCode(error);
    const reason = error ? errorMessage(error) : this.#closedWhere();
    const detail = code === undefined || reason.includes(code) ? reason : `${code}: ${reason}`;
    this.#abandon({ kind: 'connection', detail }, code);
  }

  #closedWhere(): string {
    return this.answer.begun ? 'closed in mid-answer' : 'closed without an answer';
  }

  #abandon(problem: Problem, code: string | undefined): void {
    const { busy } = this;
    this.close();
    if (busy) this.#owner.broke(this, problem, code);
    else this.#owner.lost(this, code);
  }
}

const requestTimeout = Buffer.from('HTTP/1.1 408 ');

/** Of what was read last, as JSON has it: with all that can't be seen. */
function startOf(count: number): string {
  return JSON.stringify(sharedRead.toString('latin1', 0, Math.min(count, 500)));
}

/** What was read last. */
function beginsWith(expected: Buffer, count: number): boolean {
  const { length } = expected;
  return count >= length && expected.compare(sharedRead, 0, length) === 0;
}
