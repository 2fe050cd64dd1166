import type { Socket } from 'node:net';
import { reset } from '../../../base/reset.js';
import { Examiner } from './examiner.js';
import { Pace } from './pace.js';
import type { Holding, Way } from './way.js';

/** What goes through a lane: bytes, or how their sender ended. */
export type Item = Buffer | 'fin' | 'rst';

interface Timed {
  item: Item;
  readonly due: number;
}

/** So much waits here at most; then the sender is no longer read, and its own buffers fill. */
const mostWaiting = 1024 * 1024;
/** How long the beginning of what may be a match waits for the rest. */
const patienceMs = 20;

/**
 * One direction of one connection. Bytes first pass the holds, then their time comes, then they go;
 * the order is never changed. Without faults they go at once.
 */
export class Lane {
  readonly #source: Socket;
  readonly #sink: Socket;
  readonly #way: Way;
  readonly #examiner: Examiner;
  readonly #pace: Pace;
  /** Not yet past the holds. */
  readonly #unseen: Item[] = [];
  /** Past the holds; their time has not come. */
  readonly #timed: Timed[] = [];
  #waiting = 0;
  #heldBy: Holding | undefined;
  #timer: NodeJS.Timeout | undefined;
  #patience: NodeJS.Timeout | undefined;
  #deaf = false;

  constructor(source: Socket, sink: Socket, way: Way) {
    this.#source = source;
    this.#sink = sink;
    this.#way = way;
    this.#examiner = new Examiner(way);
    this.#pace = new Pace(way);
    source.on('data', (bytes: Buffer) => this.#take(bytes));
    source.on('end', () => this.#take('fin'));
    source.on('error', () => this.#take('rst'));
    sink.on('drain', () => this.#readOn());
    // Nobody is there any more to take what is on its way.
    sink.on('error', () => this.discard());
    if (way.blackHole) source.pause();
  }

  get heldBy(): Holding | undefined {
    return this.#heldBy;
  }

  /** The faults have changed: whatever may go on does. */
  review(): void {
    if (this.#heldBy && !this.#way.holds.has(this.#heldBy)) this.#heldBy = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#examine(false);
    this.#go();
    this.#readOn();
  }

  /** From now on everything in this direction is lost. */
  discard(): void {
    this.#deaf = true;
    this.dispose();
    if (!this.#source.destroyed) this.#source.resume();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#patience);
    this.#unseen.length = 0;
    this.#timed.length = 0;
    this.#waiting = 0;
    this.#heldBy = undefined;
  }

  #take(item: Item): void {
    if (this.#deaf) return;
    if (this.#way.isClear && this.#unseen.length === 0 && this.#timed.length === 0) {
      this.#examiner.reset();
      this.#send(item);
      return;
    }
    this.#unseen.push(item);
    this.#waiting += sizeOf(item);
    this.#examine(false);
    this.#readOn();
  }

  /** @param impatient nothing waits for the rest of what may be a match */
  #examine(impatient: boolean): void {
    clearTimeout(this.#patience);
    while (!this.#way.blackHole && !this.#heldBy) {
      const item = this.#nextUnseen();
      if (item === undefined) return;
      const [next] = this.#unseen;
      const isPatient = !impatient && (next === undefined || typeof next === 'object');
      const { pass, keep, holding } = this.#examiner.examine(item, isPatient);
      if (keep !== undefined) this.#unseen.unshift(keep);
      if (pass !== undefined) this.#time(pass);
      this.#heldBy = holding;
      if (holding && typeof keep === 'object') holding.onHeld();
      if (this.#examiner.isOpen && next === undefined) {
        this.#patience = setTimeout(() => this.#examine(true), patienceMs);
        return;
      }
    }
  }

  /** What was kept of one chunk is looked at together with the next. */
  #nextUnseen(): Item | undefined {
    const [first, second] = this.#unseen;
    if (typeof first !== 'object' || typeof second !== 'object' || !this.#examiner.isOpen)
      return this.#unseen.shift();
    this.#unseen.splice(0, 2);
    return Buffer.concat([first, second]);
  }

  #time(item: Item): void {
    if (!this.#way.delay && !this.#way.limit && this.#timed.length === 0) {
      this.#waiting -= sizeOf(item);
      this.#send(item);
      return;
    }
    this.#timed.push({ item, due: this.#pace.due(performance.now()) });
    this.#go();
  }

  /** Sends whatever is due. */
  #go(): void {
    if (this.#timer !== undefined) return;
    for (;;) {
      const [head] = this.#timed;
      if (!head || this.#way.blackHole) return;
      const size = this.#pace.slice(sizeOf(head.item));
      const due = this.#way.delay || this.#way.limit ? head.due : 0;
      const at = this.#pace.through(size, due);
      const inMs = at - performance.now();
      if (inMs > 0) {
        this.#timer = setTimeout(() => this.#wake(), Math.ceil(inMs));
        return;
      }
      this.#pace.went(at);
      this.#sendSlice(head, size);
    }
  }

  #wake(): void {
    this.#timer = undefined;
    this.#go();
    this.#readOn();
  }

  #sendSlice(head: Timed, size: number): void {
    const { item } = head;
    if (typeof item !== 'object' || size === item.length) {
      this.#timed.shift();
      this.#waiting -= size;
      this.#send(item);
      return;
    }
    head.item = item.subarray(size);
    this.#waiting -= size;
    this.#send(item.subarray(0, size));
  }

  #send(item: Item): void {
    if (item === 'fin') this.#sink.end();
    else if (item === 'rst') reset(this.#sink);
    else if (this.#sink.writable && !this.#sink.write(item)) this.#source.pause();
  }

  /** Backpressure: the sender is read only where there is room for what it sends. */
  #readOn(): void {
    if (this.#deaf || this.#source.destroyed) return;
    const full = this.#waiting >= mostWaiting || this.#sink.writableNeedDrain;
    if (full || this.#way.blackHole) this.#source.pause();
    else this.#source.resume();
  }
}

function sizeOf(item: Item): number {
  return typeof item === 'object' ? item.length : 0;
}
