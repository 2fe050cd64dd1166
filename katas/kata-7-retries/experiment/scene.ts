import type {
  Lab,
  OutgoingMessage,
  Upstream,
  UpstreamAnswer,
  UpstreamCall,
} from '../../../src/kata/index.js';
import { isJittered, outageFor, type Amounts, type Group } from '../contract.js';
import type { ChargeNote, OutageNote, StrayNote } from '../notes.js';

const calmMs = 40;
const fewestHopeless = 16;
/** A drawing is judged by many draws. */
const doomedWhereDrawn = 150;
const inWave = 120;
const whileConfirmsAreLate = 12;

/** Whether an attempt fails, counted from 1. */
type Fate = (attempt: number) => boolean;

/** What the experiment knows of a message while it runs. */
interface Course {
  readonly fate: Fate;
  calls: number;
  done: boolean;
}

/**
 * The dependency, and every message that was thought up for it: the name of a message says which
 * group it is of, and with it when its attempts fail.
 */
export class Scene {
  readonly #lab: Lab;
  readonly #amounts: Amounts;
  readonly #courses = new Map<string, Course>();
  #outageBegan: number | undefined;
  /** When a message that is no pulse was tried last, and how many pulses came since. */
  #movedAt = performance.now();
  #pulsesSince = 0;
  #calmPulses = 0;

  constructor(lab: Lab, amounts: Amounts) {
    this.#lab = lab;
    this.#amounts = amounts;
  }

  open(): Promise<Upstream> {
    return this.#lab.upstream((call) => this.#answer(call));
  }

  /** The program is up: what it needed for that was no silence. */
  begin(): void {
    this.#movedAt = performance.now();
  }

  /** None of their attempts ever succeeds. They are more than the worker has hands. */
  hopeless(): OutgoingMessage[] {
    const more = Math.max(fewestHopeless, this.#amounts.prefetch + 6);
    return this.#some('hopeless', more, () => () => true);
  }

  /** They fail always, too: so many draws at each level. None where nothing is drawn. */
  doomed(): OutgoingMessage[] {
    const count = isJittered(this.#lab.strategy) ? doomedWhereDrawn : 0;
    return this.#some('doomed', count, () => () => true);
  }

  good(): OutgoingMessage[] {
    return this.#some('good', 20, () => () => false);
  }

  /** Fail for as long as the dependency is down for them. */
  outage(): OutgoingMessage[] {
    return this.#some('outage', 40, () => () => this.#isDown());
  }

  /** Fail by chance: every attempt of every message is drawn here, in the order of their names. */
  stream(): OutgoingMessage[] {
    const { messages, failPercent, attempts } = this.#amounts;
    const { random } = this.#lab;
    return this.#some('random', messages, () => {
      const draws = Array.from({ length: attempts }, () => random.next() * 100 < failPercent);
      return (attempt) => draws[attempt - 1] ?? false;
    });
  }

  /** Fail twice, all in the same moments. */
  wave(): OutgoingMessage[] {
    return this.#some('wave', inWave, () => (attempt) => attempt <= 2);
  }

  /** Fail once, when the broker confirms late. */
  late(): OutgoingMessage[] {
    return this.#some('late', whileConfirmsAreLate, () => (attempt) => attempt === 1);
  }

  /** Fails once. */
  fresh(n: number): OutgoingMessage {
    return this.#message('fresh', n, (attempt) => attempt === 1);
  }

  /** @param dueAt as `performance.now` tells it */
  pulse(n: number, dueAt: number): OutgoingMessage {
    return this.#message('pulse', n, () => {
      this.#calmPulses = performance.now() - dueAt < calmMs ? this.#calmPulses + 1 : 0;
      return false;
    });
  }

  /** The worker has woken up: some pulses in a row were quick. */
  get isCalm(): boolean {
    return this.#calmPulses >= 3;
  }

  /** The last pulse was quick. */
  get isQuick(): boolean {
    return this.#calmPulses > 0;
  }

  attemptsOf({ id }: OutgoingMessage): number {
    return this.#courses.get(id)?.calls ?? 0;
  }

  /** Whether there is nothing to wait for but the queue of what has failed. */
  get isOver(): boolean {
    return this.#all().every(({ done, calls }) => done || calls >= this.#amounts.attempts);
  }

  get givenUp(): number {
    return this.#all().filter(({ done }) => !done).length;
  }

  get goesOnForEver(): boolean {
    return this.#all().some(({ done, calls }) => !done && calls > this.#amounts.attempts + 1);
  }

  /** Pulses that came, and milliseconds that passed, since anything else happened. */
  get quiet(): { readonly pulses: number; readonly ms: number } {
    return { pulses: this.#pulsesSince, ms: performance.now() - this.#movedAt };
  }

  #all(): Course[] {
    return [...this.#courses.values()];
  }

  #some(group: Group, count: number, fate: () => Fate): OutgoingMessage[] {
    return Array.from({ length: count }, (_, at) => this.#message(group, at + 1, fate()));
  }

  #message(group: Group, n: number, fate: Fate): OutgoingMessage {
    const id = `${group}-${n}`;
    this.#courses.set(id, { fate, calls: 0, done: false });
    return { id, body: { id } };
  }

  /** For so long from the first attempt on, by the clock of whoever answers. */
  #isDown(): boolean {
    const now = performance.now();
    const forMs = outageFor(this.#lab.strategy, this.#amounts);
    if (this.#outageBegan === undefined) {
      this.#outageBegan = now;
      this.#lab.note('outage', { forMs } satisfies OutageNote);
    }
    return now < this.#outageBegan + forMs;
  }

  /** The answer is on its way when the note is written. */
  #answer({ method, path, text }: UpstreamCall): UpstreamAnswer {
    const id = method === 'POST' && path === '/charges' ? idIn(text) : undefined;
    const course = id === undefined ? undefined : this.#courses.get(id);
    if (id === undefined || !course) {
      this.#lab.note('stray-call', { method, path, text: text.slice(0, 200) } satisfies StrayNote);
      return { status: 404 };
    }
    this.#noteMove(id);
    course.calls += 1;
    const status = course.fate(course.calls) ? 503 : 201;
    if (status === 201) course.done = true;
    this.#lab.note('charge', { id, attempt: course.calls, status } satisfies ChargeNote);
    return { status, body: { id } };
  }

  #noteMove(id: string): void {
    if (id.startsWith('pulse-')) {
      this.#pulsesSince += 1;
      return;
    }
    this.#movedAt = performance.now();
    this.#pulsesSince = 0;
  }
}

function idIn(text: string): string | undefined {
  try {
    const { id } = JSON.parse(text) as { id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
