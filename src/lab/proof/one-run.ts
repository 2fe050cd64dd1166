import { rm } from 'node:fs/promises';
import path from 'node:path';
import { PlanError } from '../../base/errors.js';
import type { KataOnDisk } from '../../kata/discover.js';
import type { OptionValues } from '../../kata/options.js';
import type { RunRecord } from '../../kata/run-record.js';
import type { Kata } from '../../kata/define.js';
import type { RunRequest } from '../run/cases.js';
import { runSteps, type RunContext, type Step } from '../run/run.js';
import type { LeftOut, Proof } from './proof.js';

export interface ProofContext extends Omit<RunContext, 'root' | 'command' | 'onCase'> {
  /** Absolute; what failed is kept in it, and everything else is removed at once. */
  readonly folder: string;
  /** Reads words of a command line, as twins.json has them. */
  readonly readOptions: (kata: Kata, words: readonly string[]) => Asked;
  /** Raised by every program that is proved, for the line of progress. */
  readonly onProof: (kata: string, name: string) => void;
  /** The few twins that have each rule, act and language, instead of all. */
  readonly sample?: boolean;
}

type Asked = Pick<RunRequest, 'strategy' | 'language' | 'start' | 'seed'> & {
  readonly options: Partial<OptionValues>;
};

export type Outcome =
  { readonly record: RunRecord; readonly run: string } | { readonly fault: PlanError };

export interface Tried {
  readonly outcome: Outcome;
  readonly attempts: number;
}

/** On a machine that others use as well, conditions may fail to come about more than once. */
const mostAttempts = 3;

/** Without its services nothing can be proved: this ends the whole. */
export class ServicesMissing extends Error {
  readonly fault: unknown;

  constructor(fault: unknown) {
    super('the services could not be started');
    this.fault = fault;
  }
}

/** @throws the signal's reason, what the services' start threw, and what is a defect of ours */
export async function runOnce(
  found: KataOnDisk,
  name: string,
  steps: readonly Step[],
  seed: number,
  context: ProofContext,
): Promise<Outcome> {
  const root = path.join(context.folder, `${found.kata.id}-${name.replace(/[^\w-]+/g, '-')}`);
  try {
    const record = await runSteps(found, steps, seed, {
      ...context,
      root,
      command: ['dev', 'check', found.word ?? found.kata.id],
      onProgress: () => undefined,
      onCase: () => undefined,
    });
    context.signal.throwIfAborted();
    if (record.outcome === 'as-expected') await rm(root, { recursive: true, force: true });
    return { record, run: path.resolve(root, record.folder) };
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof ServicesMissing) throw error.fault;
    if (error instanceof PlanError) return { fault: error };
    throw error;
  }
}

/**
 * A run that was inconclusive says nothing of the program, so it is made again, a few times. The
 * last one counts, and says how many there were.
 */
export async function untilDecided(run: () => Promise<Outcome>, before = 0): Promise<Tried> {
  for (let attempts = before + 1; ; attempts += 1) {
    const outcome = await run();
    if (attempts >= mostAttempts || !isUndecided(outcome)) return { outcome, attempts };
  }
}

export function isUndecided(outcome: Outcome): boolean {
  return (
    'record' in outcome &&
    outcome.record.cases.some(
      ({ verdict, asExpected }) => verdict === 'inconclusive' && !asExpected,
    )
  );
}

/** What the machine lacks is no fault of the kata's. */
export function lacks({ code, message }: PlanError, what: string): LeftOut | undefined {
  return code === 'no-toolchain' || code === 'command-not-found'
    ? { what, why: message }
    : undefined;
}

/** A program that could not even be run. */
export function failedToRun(
  name: string,
  kind: Proof['kind'],
  wanted: Proof['wanted'],
  { message: what, mend }: PlanError,
): Proof {
  return {
    ...{ name, kind, wanted, verdict: 'error', asWanted: false, broken: [], missing: [] },
    error: { what, ...(mend !== undefined && { mend }) },
  };
}
