import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../base/package.js';
import { foreign, foreignLine } from '../../report/view/foreign.js';
import type { LiveState } from '../../report/html/ui/live-state.js';
import { RunFollower } from './follow-run.js';

/** How often what is new is read and told. */
const stepMs = 500;
const mostLines = 60;
/** How long a run may take to stop what it has started before it is ended. */
const stopMs = 30_000;

/**
 * A run as the command line does it: `plan run …` as a child, which ticks, writes and stops as it
 * always does. What it says is read, and its folder is looked into while it goes on.
 */
export class LiveRun {
  readonly id = randomBytes(8).toString('hex');
  readonly #child: ChildProcess;
  readonly #follower: RunFollower;
  readonly #timer: NodeJS.Timeout;
  readonly #begun = performance.now();
  readonly #over: Promise<void>;
  readonly #lines: string[] = [];
  readonly #listeners = new Set<(state: LiveState) => void>();
  #status: LiveState['status'] = 'running';
  #isStopped = false;
  #elapsedMs = 0;

  constructor(
    readonly kata: string,
    /** After `plan`. */
    readonly words: readonly string[],
    { root, locale }: { readonly root: string; readonly locale: string },
  ) {
    const plan = path.join(packageRoot, 'bin', 'plan.js');
    this.#child = spawn(process.execPath, [plan, ...words, '--locale', locale], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    this.#follower = new RunFollower(path.join(root, 'results', kata), this.#child.pid ?? -1);
    if (this.#child.stderr)
      createInterface({ input: this.#child.stderr }).on('line', (line) => this.#hear(line));
    this.#over = new Promise((resolve) => {
      this.#child.once('error', () => void this.#end(1).then(resolve));
      this.#child.once('close', (code) => void this.#end(code ?? 1).then(resolve));
    });
    this.#timer = setInterval(() => void this.#look(), stepMs);
    this.#timer.unref();
  }

  get state(): LiveState {
    const { act, answers, perSecond, p95, log, name } = this.#follower;
    const run = this.#status === 'running' || name === undefined ? null : `${this.kata}/${name}`;
    const elapsedMs = this.isRunning ? performance.now() - this.#begun : this.#elapsedMs;
    return {
      ...{ status: this.#status, elapsedMs, lines: this.#lines, run, answers, perSecond, p95 },
      ...{ act: foreignLine(act), log: foreign(log) },
    };
  }

  get isRunning(): boolean {
    return this.#status === 'running';
  }

  listen(listener: (state: LiveState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** As Ctrl-C does: it stops in order whatever it had started. Resolves when it has. */
  async stop(): Promise<void> {
    if (!this.isRunning) return;
    this.#isStopped = true;
    this.#child.kill('SIGINT');
    const late = setTimeout(() => this.#child.kill('SIGKILL'), stopMs);
    await this.#over;
    clearTimeout(late);
  }

  #hear(line: string): void {
    if (line.trim() === '') return;
    this.#lines.push(foreignLine(line).slice(0, 400));
    if (this.#lines.length > mostLines) this.#lines.shift();
  }

  async #look(): Promise<void> {
    await this.#follower.look(stepMs);
    for (const tell of this.#listeners) tell(this.state);
  }

  async #end(code: number): Promise<void> {
    if (!this.isRunning) return;
    clearInterval(this.#timer);
    await this.#follower.end();
    this.#elapsedMs = performance.now() - this.#begun;
    const isTold = this.#follower.name !== undefined;
    this.#status = this.#isStopped ? 'stopped' : isTold || code === 0 ? 'done' : 'failed';
    for (const tell of this.#listeners) tell(this.state);
  }
}
