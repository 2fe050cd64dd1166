import { execa, type Options } from 'execa';
import { appendFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { exitCodes } from '../../src/base/errors.js';
import type { RunRecord } from '../../src/kata/run-record.js';

export const repository = path.resolve(import.meta.dirname, '..', '..');
export const planBinary = path.join(repository, 'bin', 'plan.js');

export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** A learner's desk: a folder of their own, and state and cache that tests share with nobody. */
export interface Desk {
  readonly folder: string;
  readonly env: Record<string, string>;
  plan(...words: string[]): Promise<Outcome>;
  /** `plan … --json`, and what it printed. */
  json(...words: string[]): Promise<{ exitCode: number; data: unknown; stderr: string }>;
  /** Starts without waiting: for signals. */
  start(...words: string[]): Started;
  remove(): Promise<void>;
}

export interface Started {
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  readonly finished: Promise<Outcome>;
}

/** The cache is shared by all desks of a test run, so that clusters and builds are made once. */
export const cacheHome = path.join(os.tmpdir(), `plan-test-cache-${process.getuid?.() ?? 0}`);

export async function makeDesk(env: Record<string, string> = {}): Promise<Desk> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plan-desk-'));
  const own = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? folder,
    LANG: 'C.UTF-8',
    XDG_STATE_HOME: path.join(folder, '.state'),
    XDG_CACHE_HOME: cacheHome,
    ...ofRust(),
    ...env,
  };
  const options = {
    cwd: folder,
    env: own,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  } satisfies Options;
  noteDesk(own.XDG_STATE_HOME);
  const start = (...words: string[]): Started => {
    const subprocess = execa(planBinary, words, options);
    return {
      pid: subprocess.pid ?? -1,
      kill: (signal) => void subprocess.kill(signal),
      finished: subprocess.then(({ exitCode, stdout, stderr }) => ({
        exitCode: exitCode ?? -1,
        stdout,
        stderr,
      })),
    };
  };
  const plan = (...words: string[]): Promise<Outcome> => start(...words).finished;
  return {
    folder,
    env: own,
    plan,
    json: async (...words) => {
      const { exitCode, stdout, stderr } = await plan(...words, '--json');
      return { exitCode, data: JSON.parse(stdout) as unknown, stderr };
    },
    start,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** As vitest.config.ts has it: what desks and other tests build shares a cache. */
function ofRust(): Record<string, string> {
  const name = 'CARGO_PROFILE_RELEASE_OPT_LEVEL';
  const level = process.env[name];
  return level === undefined ? {} : { [name]: level };
}

/** `plan run … --json` */
export async function runJson(
  desk: Desk,
  ...words: string[]
): Promise<{ exitCode: number; record: RunRecord; stderr: string }> {
  const { exitCode, data, stderr } = await desk.json('run', ...words);
  return { exitCode, record: data as RunRecord, stderr };
}

/**
 * The same, again while the lab says that it can say nothing: on a machine that others use too its
 * conditions may fail to come about, and a test of verdicts is not about that.
 */
export async function runDecided(desk: Desk, ...words: string[]): ReturnType<typeof runJson> {
  for (let left = 2; ; left -= 1) {
    const run = await runJson(desk, ...words);
    if (left === 0 || run.exitCode !== exitCodes.inconclusive) return run;
  }
}

/** What services it keeps, scripts/test.mjs ends where its tests are interrupted. */
function noteDesk(state: string): void {
  const list = process.env['PLAN_TEST_DESKS'];
  if (list !== undefined) appendFileSync(list, `${state}\n`);
}
