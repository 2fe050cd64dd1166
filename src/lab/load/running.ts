import type { Problem } from '../../kata/history.js';
import { connectingAtOnce, type Opening } from './opening.js';
import { Connection, type ConnectionOwner, type Target } from './http1/connection.js';
import { LocalLimit } from './local-limit.js';
import { makePacer, type Pacer } from './pacer.js';
import { Ring } from './ring.js';
import { boundBy, SelfWatch } from './self-watch.js';
import { Tally } from './tally.js';
import { Ticker } from './ticker.js';
import type { LoadPlan, LoadResult } from './types.js';

/** While requests wait for a virtual user, this often it is seen whether to open another. */
const growEveryMs = 1;

/** A load under way: joins connections that are free with requests that are due. */
export class Running implements ConnectionOwner {
  readonly #plan: LoadPlan;
  readonly #targets: readonly Target[];
  readonly #maxUsers: number;
  readonly #pacer: Pacer;
  readonly #free = new Ring<Connection>();
  readonly #measured: Tally;
  readonly #watch = new SelfWatch();
  readonly #ticker: Ticker;
  readonly #isOpenMode: boolean;
  readonly #isClosedMode: boolean;
  readonly #inTurn: boolean;
  readonly #check: LoadPlan['workload']['answered'];
  readonly #withoutBody: boolean;
  #figures: ReturnType<SelfWatch['end']> | undefined;
  #users: Connection[] = [];
  #phase: 'opening' | 'priming' | 'loading' | 'lingering' | 'over' = 'opening';
  #opening: Opening | undefined;
  #growing = new Set<Connection>();
  #sweeper: NodeJS.Timeout | undefined;
  #requests = 0;
  #underWay = 0;
  /** When somebody was answered last, or several began to wait. */
  #lastMove = 0;
  #noneFreeSince = 0;
  #resolve: () => void = () => undefined;
  #reject: (reason: unknown) => void = () => undefined;
  /** Virtual users whose answer has come in this turn of the event loop. */
  #fed: Connection[] = [];
  readonly #feedAll = (): void => {
    const fed = this.#fed;
    this.#fed = [];
    for (const connection of fed) this.#feed(connection, performance.now());
    // The time may have run out since the answers came.
    this.#finishIfOver(performance.now());
  };
  readonly #aborted = (): void => this.#fail(this.#plan.signal.reason);

  constructor(plan: LoadPlan, targets: readonly Target[], maxUsers: number) {
    this.#plan = plan;
    this.#targets = targets;
    this.#maxUsers = maxUsers;
    this.#pacer = makePacer(plan.mode, plan.timeoutMs, plan.retries);
    this.#measured = new Tally(plan.latency);
    this.#isOpenMode = plan.mode.kind === 'open';
    this.#isClosedMode = plan.mode.kind === 'closed';
    this.#inTurn = plan.mode.kind === 'in-turn';
    this.#check = plan.workload.answered?.bind(plan.workload);
    this.#withoutBody = plan.workload.withoutBody ?? false;
    this.#ticker = new Ticker(
      (now) => this.#tick(now),
      (ms) => this.#watch.addIdle(ms),
      plan.isCoarse,
    );
  }

  start(): void {
    // One coarse timer for the deadlines of all; looked at only after what has arrived is read.
    const every = Math.max(2, Math.min(50, this.#plan.timeoutMs / 20));
    this.#sweeper = setInterval(() => setImmediate(() => this.#sweep()), every);
    this.#plan.signal.addEventListener('abort', this.#aborted);
  }

  addUser(): Connection {
    const n = this.#users.length;
    const user = new Connection(n, this.#targets[n % this.#targets.length] as Target, this);
    this.#users.push(user);
    return user;
  }

  /** Those that can't be opened on this machine take no part. @returns how many do */
  keepOpenUsers(): number {
    this.#users = this.#users.filter((user) => user.isOpen);
    return this.#users.length;
  }

  async during(opening: Opening): Promise<void> {
    this.#opening = opening;
    await this.#until(opening.done);
    this.#opening = undefined;
  }

  /** Servers accept in order: when the last connection is answered, they hold all of them. */
  async prime(bytesByTarget: readonly Buffer[]): Promise<void> {
    this.#phase = 'priming';
    for (const [target, bytes] of bytesByTarget.entries()) {
      const isItsOwn = ({ user }: Connection): boolean => user % bytesByTarget.length === target;
      const last = this.#users.findLast((user) => user.isOpen && isItsOwn(user));
      if (last) await this.#until(this.#primedBy(last, bytes));
    }
  }

  /** Of what is no request of its own. */
  async waitFor(begins: Promise<void>): Promise<void> {
    await this.#until(begins);
  }

  /** From the first request to the last answer. */
  async load(): Promise<void> {
    this.#phase = 'loading';
    // Listened to before the first is sent: it may fail at once.
    const over = this.#until(new Promise<void>((resolve) => (this.#resolve = resolve)));
    const now = performance.now();
    this.#pacer.begin(now);
    this.#noneFreeSince = Number.NaN;
    for (const user of this.#users) this.#feed(user, performance.now());
    if (this.#free.length === 0) this.#noneFreeSince = now;
    this.#finishIfOver(now);
    await over;
  }

  /** An answer given twice may come when nobody waits for one any more. */
  async linger(ms: number): Promise<void> {
    this.#phase = 'lingering';
    await this.#until(new Promise((resolve) => setTimeout(resolve, ms)));
    this.#phase = 'over';
  }

  result(): Omit<LoadResult, 'notices'> {
    const mode = this.#plan.mode.kind;
    this.#measured.unsent = this.#pacer.unsent();
    const measured = this.#measured.result();
    const figures = this.#figures ?? this.#watch.end(performance.now());
    const { late, latency, problems, sent, servedMs } = measured;
    const hung = problems.timeout;
    const signs = boundBy(mode, figures, latency, { ...late, sent, hung, servedMs });
    return {
      mode,
      connections: this.#users.length,
      measured,
      generatorBound: signs.length > 0,
      generator: { ...figures, boundBy: signs },
    };
  }

  async close(): Promise<void> {
    this.#phase = 'over';
    clearInterval(this.#sweeper);
    this.#ticker.stop();
    this.#plan.signal.removeEventListener('abort', this.#aborted);
    for (const user of this.#users) user.close();
    // Sockets let go of their descriptors in the next turn of the loop.
    await new Promise((resolve) => setImmediate(resolve));
  }

  opened(connection: Connection): void {
    if (this.#phase === 'opening') this.#opening?.settled(connection, undefined);
    else if (this.#growing.delete(connection)) this.#feed(connection, performance.now());
  }

  answered(connection: Connection): void {
    if (this.#phase !== 'loading') {
      this.#primed();
      return;
    }
    const now = performance.now();
    const { answer } = connection;
    this.#measured.answer(answer.status, answer.bodyBytes, now - connection.intended, now);
    if (this.#check !== undefined && !this.#holds(connection)) this.#measured.wrong += 1;
    this.#ended(connection, now);
  }

  broke(connection: Connection, problem: Problem, code: string | undefined): void {
    if (this.#phase !== 'loading') {
      this.#primed();
      return;
    }
    if (code !== undefined && LocalLimit.codes.has(code)) {
      this.#fail(new LocalLimit(code));
      return;
    }
    this.#measured.problem(problem.kind);
    this.#guarded(() => this.#plan.workload.broke?.(connection, problem));
    if (problem.kind === 'timeout' && this.#plan.endOnTimeout) this.#pacer.end();
    this.#ended(connection, performance.now());
  }

  lost(connection: Connection, code: string | undefined): void {
    if (this.#phase === 'opening') this.#opening?.settled(connection, code);
    else if (this.#phase !== 'loading') return;
    // One that the server closed is opened again before it is needed; one that failed is not.
    else if (this.#growing.delete(connection)) this.#release(connection, performance.now());
    else if (code === undefined && !this.#pacer.isOver(performance.now()))
      this.#reconnect(connection);
  }

  unasked(connection: Connection, bytes: Buffer): void {
    if (this.#phase !== 'loading' && this.#phase !== 'lingering') return;
    this.#measured.unasked += 1;
    this.#guarded(() => this.#plan.workload.unasked?.(connection, bytes));
  }

  async #primedBy(user: Connection, bytes: Buffer): Promise<void> {
    return new Promise((resolve) => {
      this.#resolve = resolve;
      user.send(bytes, performance.now());
    });
  }

  #primed(): void {
    if (this.#phase === 'priming') this.#resolve();
  }

  #ended(connection: Connection, now: number): void {
    this.#underWay -= 1;
    this.#lastMove = now;
    this.#ticker.worked();
    if (this.#isClosedMode && this.#phase === 'loading') this.#feedLater(connection);
    else this.#feed(connection, now);
    this.#finishIfOver(now);
  }

  /** Gives a free virtual user the next request, or lets it wait for one. */
  #feed(connection: Connection, now: number): void {
    if (this.#phase !== 'loading') return;
    if (this.#inTurn) {
      this.#feedInTurn(connection, now);
      return;
    }
    const intended = this.#pacer.take(now);
    // NaN, the only value that is not itself: nothing is due.
    if (intended !== intended) this.#release(connection, now);
    else this.#send(connection, intended, now, this.#noneFreeSince <= intended);
  }

  /**
   * A write takes longer than a read: sending only once everything that has come in is read keeps
   * the generator's own work out of the latencies of the answers further back in the queue.
   */
  #feedLater(connection: Connection): void {
    this.#fed.push(connection);
    if (this.#fed.length === 1) setImmediate(this.#feedAll);
  }

  /** The one that has been free for longest goes on, when nothing is under way. */
  #feedInTurn(connection: Connection, now: number): void {
    this.#free.push(connection);
    if (this.#underWay > 0 || this.#pacer.isOver(now)) return;
    this.#send(this.#free.shift() as Connection, this.#pacer.take(now), now, false);
  }

  #release(connection: Connection, now: number): void {
    this.#free.push(connection);
    this.#noneFreeSince = Number.NaN;
    if (this.#isOpenMode && this.#pacer.nextDue < this.#ticker.dueAt)
      this.#ticker.arm(this.#pacer.nextDue, now);
  }

  #send(connection: Connection, intended: number, now: number, waited: boolean): void {
    if (this.#measured.sent === 0) this.#watch.begin(now);
    this.#measured.send(intended, now, waited);
    if (connection.isClosed) this.#measured.reconnects += 1;
    connection.intended = intended;
    connection.request = this.#requests;
    this.#requests += 1;
    this.#underWay += 1;
    if (this.#underWay <= 2) this.#lastMove = now;
    this.#ticker.worked();
    let bytes: Buffer;
    try {
      bytes = this.#plan.workload.bytes(connection.request, connection.user);
    } catch (error) {
      this.#fail(error);
      return;
    }
    connection.send(bytes, now, this.#withoutBody);
  }

  /** Open mode: sends what has come due, and opens another connection where none is free. */
  #tick(now: number): void {
    while (this.#free.length > 0) {
      const intended = this.#pacer.take(now);
      if (intended !== intended) break;
      const connection = this.#free.shift() as Connection;
      if (this.#free.length === 0) this.#noneFreeSince = now;
      this.#send(connection, intended, now, false);
    }
    if (this.#finishIfOver(now)) return;
    if (this.#free.length > 0) this.#ticker.arm(this.#pacer.nextDue, now);
    else if (this.#users.length < this.#maxUsers) {
      if (this.#pacer.nextDue <= now && this.#growing.size < connectingAtOnce) this.#grow(now);
      this.#ticker.armCoarsely(Math.max(growEveryMs, this.#pacer.nextDue - now));
    }
  }

  #grow(now: number): void {
    const user = this.addUser();
    this.#growing.add(user);
    user.connect(now);
  }

  #reconnect(connection: Connection): void {
    this.#measured.reconnects += 1;
    connection.connect(performance.now());
  }

  #finishIfOver(now: number): boolean {
    if (this.#underWay > 0 || this.#phase !== 'loading' || !this.#pacer.isOver(now)) return false;
    this.#phase = 'over';
    this.#figures = this.#watch.end(now);
    this.#resolve();
    return true;
  }

  #sweep(): void {
    const now = performance.now();
    for (const user of this.#users) user.checkDeadline(now);
    const { stall } = this.#plan;
    if (stall === undefined || this.#phase !== 'loading' || this.#underWay < 2) return;
    if (stall.isDisturbed?.() === true) this.#lastMove = now;
    if (now - this.#lastMove < stall.afterMs) return;
    for (const user of this.#users) user.giveUp(stall.afterMs);
  }

  #holds(connection: Connection): boolean {
    try {
      return this.#check?.(connection) ?? true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  #guarded(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(reason: unknown): void {
    this.#phase = 'over';
    this.#reject(reason);
  }

  async #until(done: Promise<void>): Promise<void> {
    this.#plan.signal.throwIfAborted();
    const failed = new Promise<never>((_, reject) => (this.#reject = reject));
    await Promise.race([done, failed]);
  }
}
