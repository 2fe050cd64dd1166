import { PlanError } from '../../base/errors.js';
import { proofTexts } from '../../i18n/proof.js';
import { texts } from '../../i18n/text.js';
import { hasPrograms } from '../../kata/define.js';
import type { KataOnDisk } from '../../kata/discover.js';
import { planCases } from '../run/cases.js';
import { resolveImplementation } from '../implementation/index.js';
import { failedToRun, lacks, runOnce, type Outcome, type ProofContext } from './one-run.js';
import { proofOf, type LeftOut, type Proof } from './proof.js';
import { readTwins, twinsFolder, type Twin } from './twins-file.js';

/** So many at once: most of their time is think time. */
const atOnce = 6;

interface Proved {
  readonly proofs: readonly Proof[];
  readonly leftOut: readonly LeftOut[];
}

/** Every broken twin must be caught, for its own reason, and every right one must pass. */
export async function proveTwins(found: KataOnDisk, context: ProofContext): Promise<Proved> {
  // Where there is no program there is no wrong one.
  if (!hasPrograms(found.kata)) return { proofs: [], leftOut: [] };
  const twins = await readTwins(found);
  if (!twins) {
    const t = texts(proofTexts);
    return { proofs: [], leftOut: [{ what: t.twins, why: t.noTwins(twinsFolder(found)) }] };
  }
  const results: (Proof | LeftOut)[] = [];
  const waiting = twins.entries();
  const proveWaiting = async (): Promise<void> => {
    for (const [at, twin] of waiting) results[at] = await proveTwin(found, twin, context);
  };
  const all = await Promise.allSettled(Array.from({ length: atOnce }, proveWaiting));
  for (const one of all) if (one.status === 'rejected') throw one.reason;
  return {
    proofs: results.filter((one) => 'verdict' in one),
    leftOut: results.filter((one) => 'why' in one),
  };
}

async function proveTwin(
  found: KataOnDisk,
  twin: Twin,
  context: ProofContext,
): Promise<Proof | LeftOut> {
  const { name, kind, wanted } = twin;
  context.onProof(found.kata.id, name);
  const outcome = await runTwin(found, twin, context).catch((error: unknown) => {
    if (error instanceof PlanError && !context.signal.aborted) return { fault: error };
    throw error;
  });
  if ('fault' in outcome)
    return lacks(outcome.fault, name) ?? failedToRun(name, kind, wanted, outcome.fault);
  const [record] = outcome.record.cases;
  if (!record) throw new Error(`the run of ${name} came to nothing`);
  return proofOf(name, kind, record, outcome.run);
}

async function runTwin(
  found: KataOnDisk,
  { name, place, wanted, options }: Twin,
  context: ProofContext,
): Promise<Outcome> {
  const { seed, start, ...asked } = context.readOptions(found.kata, options);
  const request = { ...asked, own: place, seed, repeat: 1 };
  const { language } = request;
  const by = await resolveImplementation({
    ...{ kataFolder: found.folder, own: place, language, start },
    cwd: context.cwd,
  });
  const steps = planCases(found.kata, request, by).map((planned) => ({
    planned: { ...planned, expected: wanted },
    by,
  }));
  return runOnce(found, name, steps, seed, context);
}
