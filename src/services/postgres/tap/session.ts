import type { SessionEvent, StatementRun, WireEvent } from '../../../kata/statements.js';
import { isUnderWay, Names, type Awaited, type Query } from './awaited.js';
import { MessageReader, type WireMessage } from './frames.js';
import { OpenRun, Prepared, type Portal } from './open-run.js';
import { readProgram } from './program-messages.js';
import { readColumns, readError, readPid, readTag, readTypes } from './server-messages.js';
import { splitStatements } from './split.js';
import { Transactions } from './transactions.js';

/** A program that asks for more at once is read no further. */
const mostAwaited = 5_000;

/** What is shared by all sessions of a case. */
export interface Numbers {
  statements: number;
  transactions: number;
  sessions: number;
}

export interface SessionConditions {
  readonly session: number;
  readonly role?: string | undefined;
  readonly numbers: Numbers;
  readonly tell: (event: WireEvent) => void;
  /** Somebody wants the statement of that server process to be given up. */
  readonly onCancel: (pid: number) => void;
}

/** One connection: puts what the program asks and what the server answers together. */
export class TappedSession {
  readonly #given: SessionConditions;
  readonly #program = new MessageReader('program', (message) => this.#fromProgram(message));
  readonly #server = new MessageReader('server', (message) => this.#fromServer(message));
  readonly #transactions: Transactions;
  readonly #names = new Names((from, text, portal) => this.#newRun(from, text, portal));
  /** In the order in which it was asked. */
  #awaited: Awaited[] = [];
  /** An error has come: the server passes over all up to the next Sync. */
  #skipping = false;
  #copyingIn = false;
  #application: string | undefined;
  #at = 0;
  #isOpen = false;
  #isReadable = true;
  readonly number: number;
  pid: number | undefined;

  constructor(given: SessionConditions) {
    this.#given = given;
    const { session, numbers, tell } = given;
    this.number = session;
    this.#transactions = new Transactions(
      () => numbers.transactions++,
      (end) => tell({ kind: 'ended', session, ...end }),
    );
  }

  /**
   * Bytes that nobody can read pass all the same.
   * @param at when they came, microseconds since the case began
   */
  push(side: 'program' | 'server', chunk: Buffer, at: number): void {
    if (!this.#isReadable) return;
    this.#at = at;
    try {
      (side === 'program' ? this.#program : this.#server).push(chunk);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#unreadable();
    }
  }

  /** The connection is no more. @param at as of bytes */
  end(at: number): void {
    if (!this.#isReadable) return;
    this.#isReadable = false;
    this.#at = at;
    const left = this.#awaited.filter(isUnderWay);
    for (const { run } of left) this.#told(run, { outcome: 'cut' });
    this.#transactions.disconnected(left.length > 0, at);
    if (this.#isOpen) this.#event('closed');
  }

  /** When the statement under way was sent. */
  get underWaySince(): number | undefined {
    return this.#awaited.find(isUnderWay)?.run.from;
  }

  #unreadable(): void {
    this.#isReadable = false;
    this.#event('unreadable');
  }

  #event(what: SessionEvent['what'], more: Partial<SessionEvent> = {}): void {
    const { session, tell } = this.#given;
    tell({ kind: 'session', session, what, at: this.#at, ...more });
  }

  #fromProgram(message: WireMessage): void {
    const said = readProgram(message);
    if (said === undefined) return;
    switch (said.kind) {
      case 'tls':
        this.#server.awaitByte();
        return;
      case 'startup':
        this.#program.opened();
        this.#application = said.settings.get('application_name')?.slice(0, 64);
        // What the server answers to it ends as it does after a Sync.
        this.#await({ kind: 'sync' });
        return;
      case 'cancel':
        this.#given.onCancel(said.pid);
        this.#isReadable = false;
        return;
      case 'copy':
        this.#awaited.findLast(isUnderWay)?.run.copy(said.bytes, said.data);
        return;
      case 'copied':
        if (this.#copyingIn) this.#copyingIn = false;
        else this.#await({ kind: 'copied' });
        return;
      case 'sync':
        if (!this.#copyingIn) this.#await({ kind: 'sync' });
        return;
      default: {
        const texts = said.kind === 'query' ? splitStatements(said.text) : [];
        this.#await(this.#names.awaitedOf(said, this.#at, texts));
      }
    }
  }

  #newRun(from: number, text: string, portal?: Portal): OpenRun {
    return new OpenRun(this.#given.numbers.statements++, from, text, portal);
  }

  #await(one: Awaited): void {
    if (this.#skipping) {
      if (isUnderWay(one)) this.#told(one.run, { outcome: 'skipped' });
      if (one.kind !== 'sync') return;
      this.#skipping = false;
    }
    if (this.#awaited.length >= mostAwaited) throw new RangeError('too much at once');
    this.#awaited.push(one);
  }

  #fromServer(message: WireMessage): void {
    while (this.#awaited[0]?.kind === 'copied') this.#awaited.shift();
    this.#answers[message.type]?.(message);
  }

  /** By the letter of the message. */
  readonly #answers: Readonly<Record<string, (message: WireMessage) => void>> = {
    // N: not encrypted, as before.
    byte: ({ body }) => {
      if (body[0] !== 0x4e) this.#unreadable();
    },
    K: (message) => (this.pid = readPid(message)),
    '1': () => this.#awaited.shift(),
    '2': () => this.#awaited.shift(),
    '3': () => this.#awaited.shift(),
    // A function call is over as a Sync is.
    V: () => (this.#awaited[0] = { kind: 'sync' }),
    t: (message) => {
      const [first] = this.#awaited;
      if (first?.kind === 'describe' && first.of instanceof Prepared)
        first.of.types = readTypes(message);
    },
    T: ({ body }) => this.#described(body),
    n: () => this.#described(undefined),
    D: ({ body }) => this.#running()?.row(body),
    d: ({ length, body }) => this.#awaited.find(isUnderWay)?.run.copy(length, body),
    G: () => this.#copyBegins(),
    C: ({ body }) => this.#completed(readTag(body)),
    I: () => this.#completed({}),
    s: () => {
      const run = this.#running();
      if (run) this.#told(run, { outcome: 'suspended' });
      this.#awaited.shift();
    },
    E: ({ body }) => this.#failed(body),
    Z: ({ body }) => this.#ready(String.fromCharCode(body[0] ?? 0)),
  };

  #running(): OpenRun | undefined {
    const [first] = this.#awaited;
    return first?.kind === 'query' || first?.kind === 'execute' ? first.run : undefined;
  }

  #described(body: Buffer | undefined): void {
    const [first] = this.#awaited;
    const columns = body === undefined ? [] : readColumns(body);
    if (first?.kind === 'describe') {
      if (first.of) first.of.columns = columns;
      this.#awaited.shift();
    } else if (first?.kind === 'query') first.run.columns = columns;
  }

  /** Until the data has ended, the server passes over every Sync, also over those already sent. */
  #copyBegins(): void {
    const ended = this.#awaited.findIndex(({ kind }) => kind === 'copied');
    this.#copyingIn = ended < 0;
    const rest = ended < 0 ? [] : this.#awaited.slice(ended + 1);
    this.#awaited = [...this.#awaited.slice(0, 1), ...rest];
  }

  #completed(how: Pick<StatementRun, 'tag' | 'count'>): void {
    const run = this.#running();
    if (run === undefined) return;
    const [first] = this.#awaited;
    this.#copyingIn = false;
    this.#told(run, { outcome: 'done', ...how });
    if (first?.kind === 'query') this.#goOn(first);
    else this.#awaited.shift();
  }

  /** A server may see more statements in a text than we do. */
  #goOn(query: Query): void {
    query.done += 1;
    query.run = this.#newRun(query.run.from, query.texts[query.done] ?? query.texts.at(-1) ?? '');
  }

  #failed(body: Buffer): void {
    const error = readError(body);
    const [first] = this.#awaited;
    this.#copyingIn = false;
    if (first === undefined || !this.#isOpen) {
      this.#event('refused', { error });
      return;
    }
    const run = this.#runOf(first);
    if (run) this.#told(run, { outcome: 'failed', error });
    if (first.kind === 'query') first.done = first.texts.length;
    else if (first.kind === 'function') this.#awaited[0] = { kind: 'sync' };
    else if (first.kind !== 'sync') this.#passOver(run);
  }

  /** @param failed has been told of */
  #passOver(failed: OpenRun | undefined): void {
    const sync = this.#awaited.findIndex(({ kind }) => kind === 'sync');
    const passedOver = sync < 0 ? this.#awaited : this.#awaited.slice(0, sync);
    this.#awaited = sync < 0 ? [] : this.#awaited.slice(sync);
    this.#skipping = sync < 0;
    for (const one of passedOver)
      if (isUnderWay(one) && one.run !== failed) this.#told(one.run, { outcome: 'skipped' });
  }

  /** The statement that an error is about: also where it came to parsing or binding only. */
  #runOf(first: Awaited): OpenRun | undefined {
    if (first.kind === 'execute') return first.run;
    if (first.kind === 'query') return isUnderWay(first) ? first.run : undefined;
    if (first.kind !== 'parse' && first.kind !== 'bind') return undefined;
    const prepared = first.kind === 'parse' ? first.prepared : first.portal.prepared;
    const executed = this.#awaited
      .filter(isUnderWay)
      .find(({ run }) => run.portal?.prepared === prepared);
    if (executed) return executed.run;
    const from = first.kind === 'parse' ? first.from : first.portal.from;
    return this.#newRun(from, prepared.text, first.kind === 'bind' ? first.portal : undefined);
  }

  #ready(status: string): void {
    const { role } = this.#given;
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.#event('opened', {
        ...(this.pid !== undefined && { pid: this.pid }),
        ...(role !== undefined && { role }),
        ...(this.#application !== undefined && { application: this.#application }),
      });
    }
    const at = this.#awaited.findIndex(({ kind }) => kind === 'sync' || kind === 'query');
    this.#awaited.splice(0, at + 1);
    this.#skipping = false;
    this.#transactions.ready(status, this.#at);
  }

  #told(run: OpenRun, how: Pick<StatementRun, 'outcome' | 'tag' | 'count' | 'error'>): void {
    const { session, tell } = this.#given;
    const { outcome } = how;
    const told = { kind: 'statement' as const, session, ...run.told(), ...how, to: this.#at };
    const transaction = this.#transactions.of({ from: told.from, outcome });
    tell({ ...told, transaction });
    this.#transactions.after(told);
  }
}
