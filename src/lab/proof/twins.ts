import { PlanError } from '../../base/errors.js';
import { proofTexts } from '../../i18n/proof.js';
import { texts } from '../../i18n/text.js';
import { hasPrograms } from '../../kata/define.js';
import type { KataOnDisk } from '../../kata/discover.js';
import { plannedBy, resolveCast } from '../run/cast.js';
import { planCases } from '../run/cases.js';
import {
  failedToRun,
  isUndecided,
  lacks,
  runOnce,
  untilDecided,
  type Outcome,
  type ProofContext,
} from './one-run.js';
import { proofOf, type LeftOut, type Proof } from './proof.js';
import { sampleOf } from './sample.js';
import { readTwins, twinsFolder, type Twin } from './twins-file.js';

/** So many at once: most of their time is think time. */
const mostAtOnce = 6;

interface Proved {
  readonly proofs: readonly Proof[];
  readonly leftOut: readonly LeftOut[];
}

/** Every broken twin must be caught, for its own reason, and every right one must pass. */
export async function proveTwins(found: KataOnDisk, context: ProofContext): Promise<Proved> {
  // Where there is no program there is no wrong one.
  if (!hasPrograms(found.kata)) return { proofs: [], leftOut: [] };
  const read = await readTwins(found);
  if (!read) {
    const t = texts(proofTexts);
    return { proofs: [], leftOut: [{ what: t.twins, why: t.noTwins(twinsFolder(found)) }] };
  }
  const { atOnce = mostAtOnce } = read;
  const twins = context.sample === true ? await sampleOf(read) : read.twins;
  const first = await besideEachOther(twins, atOnce, (twin) => tryTwin(found, twin, context));
  const results: (Proof | LeftOut)[] = [];
  // What others beside it may have kept from its conditions is run again alone.
  for (const [at, twin] of twins.entries())
    results.push(await decided(found, twin, context, first[at] as Outcome));
  return {
    proofs: results.filter((one) => 'verdict' in one),
    leftOut: results.filter((one) => 'why' in one),
  };
}

async function besideEachOther<In, Out>(
  all: readonly In[],
  atOnce: number,
  work: (one: In) => Promise<Out>,
): Promise<Out[]> {
  const results: Out[] = [];
  const waiting = all.entries();
  const workOff = async (): Promise<void> => {
    for (const [at, one] of waiting) results[at] = await work(one);
  };
  const workers = await Promise.allSettled(Array.from({ length: atOnce }, workOff));
  for (const one of workers) if (one.status === 'rejected') throw one.reason;
  return results;
}

async function tryTwin(found: KataOnDisk, twin: Twin, context: ProofContext): Promise<Outcome> {
  context.onProof(found.kata.id, twin.name);
  return runTwin(found, twin, context).catch((error: unknown) => {
    if (error instanceof PlanError && !context.signal.aborted) return { fault: error };
    throw error;
  });
}

async function decided(
  found: KataOnDisk,
  twin: Twin,
  context: ProofContext,
  first: Outcome,
): Promise<Proof | LeftOut> {
  const { name, kind, wanted } = twin;
  const { outcome, attempts } = isUndecided(first)
    ? await untilDecided(() => tryTwin(found, twin, context), 1)
    : { outcome: first, attempts: 1 };
  if ('fault' in outcome)
    return lacks(outcome.fault, name) ?? failedToRun(name, kind, wanted, outcome.fault);
  const [record] = outcome.record.cases;
  if (!record) throw new Error(`the run of ${name} came to nothing`);
  return proofOf(name, kind, record, { run: outcome.run, attempts });
}

async function runTwin(
  found: KataOnDisk,
  { name, place, wanted, options }: Twin,
  context: ProofContext,
): Promise<Outcome> {
  const { seed, start, ...asked } = context.readOptions(found.kata, options);
  const request = { ...asked, own: place, seed, repeat: 1 };
  const { language } = request;
  const cast = { ...request, own: place, language, start };
  const by = await resolveCast(found, cast, context.cwd);
  const steps = planCases(found.kata, request, plannedBy(found.kata, by)).map((planned) => ({
    planned: { ...planned, expected: wanted },
    by,
  }));
  return runOnce(found, name, steps, seed, context);
}
