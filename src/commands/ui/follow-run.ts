import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { readBegun } from '../../lab/archive/begun.js';
import { isThere, runNames } from '../../lab/archive/names.js';
import type { ActNote } from '../../kata/acts.js';
import type { HistoryEvent } from '../../kata/history.js';

/** Steps that are kept, the newest of them. */
const mostSteps = 120;
/** Read of one file in a step; what is more comes with the next. */
const mostBytes = 4 * 1024 * 1024;
const mostLog = 6_000;

/** Looks into the folder of a run that another process writes. */
export class RunFollower {
  act = '';
  answers = 0;
  readonly perSecond: number[] = [];
  readonly p95: number[] = [];
  log = '';
  readonly #parent: string;
  readonly #pid: number;
  readonly #files = new Map<string, Followed>();
  #folder: string | undefined;
  #isLooking = false;

  constructor(parent: string, pid: number) {
    this.#parent = parent;
    this.#pid = pid;
  }

  /** Of the run's folder, once it is there; undefined again where it left none. */
  get name(): string | undefined {
    return this.#folder === undefined ? undefined : path.basename(this.#folder);
  }

  /** What has come since the last look. */
  async look(stepMs: number): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      this.#folder ??= await this.#find();
      if (this.#folder === undefined) return;
      const latencies = await this.#read(this.#folder);
      this.answers += latencies.length;
      remember(this.perSecond, (latencies.length * 1000) / stepMs);
      remember(this.p95, shareOf(latencies, 0.95));
      this.log = await newestLog(path.join(this.#folder, 'logs'));
    } catch {
      // The folder changes while it is looked at; the next look sees how it is then.
    } finally {
      this.#isLooking = false;
    }
  }

  /** An interrupted run that came to nothing leaves no folder. */
  async end(): Promise<void> {
    this.#folder ??= await this.#find().catch(() => undefined);
    if (this.#folder !== undefined && !(await isThere(path.join(this.#folder, 'run.json'))))
      this.#folder = undefined;
  }

  async #find(): Promise<string | undefined> {
    for (const name of (await runNames(this.#parent)).slice(0, 5)) {
      const folder = path.join(this.#parent, name);
      const begun = await readBegun(folder);
      if (begun?.by.pid === this.#pid) return folder;
    }
    return undefined;
  }

  /** @returns milliseconds of each answer that came */
  async #read(folder: string): Promise<number[]> {
    const names = (await readdir(folder)).filter((name) => /^history\.live-\d+\.jsonl$/.test(name));
    const latencies: number[] = [];
    for (const name of names) {
      const followed = this.#files.get(name) ?? { at: 0, rest: '', begun: new Map() };
      this.#files.set(name, followed);
      for (const event of await newEvents(path.join(folder, name), followed))
        this.#take(event, followed, latencies);
    }
    return latencies;
  }

  #take(event: HistoryEvent, { begun }: Followed, latencies: number[]): void {
    if (event.type === 'note') {
      if (event.f === 'act-began') this.act = (event.value as ActNote).act;
      return;
    }
    if (event.type === 'invoke') {
      begun.set(event.op, event.at);
      return;
    }
    const since = begun.get(event.op);
    begun.delete(event.op);
    if (since !== undefined) latencies.push((event.at - since) / 1000);
  }
}

interface Followed {
  at: number;
  /** Of a line whose end has not come. */
  rest: string;
  readonly begun: Map<number, number>;
}

async function newEvents(file: string, followed: Followed): Promise<HistoryEvent[]> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read({
      ...{ buffer: Buffer.alloc(mostBytes), position: followed.at },
    });
    followed.at += bytesRead;
    const lines = (followed.rest + buffer.toString('utf8', 0, bytesRead)).split('\n');
    followed.rest = lines.pop() ?? '';
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as HistoryEvent);
  } finally {
    await handle.close();
  }
}

async function newestLog(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  const found = await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(path.join(folder, name));
      return { name, size, mtimeMs };
    }),
  );
  const [newest] = found.sort((a, b) => b.mtimeMs - a.mtimeMs);
  if (newest === undefined || newest.size === 0) return '';
  const handle = await open(path.join(folder, newest.name), 'r');
  try {
    const position = Math.max(0, newest.size - mostLog);
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(mostLog), position });
    return `${newest.name}\n${buffer.toString('utf8', 0, bytesRead)}`;
  } finally {
    await handle.close();
  }
}

function remember(steps: number[], value: number): void {
  steps.push(value);
  if (steps.length > mostSteps) steps.shift();
}

function shareOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
