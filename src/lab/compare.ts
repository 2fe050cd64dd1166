import type { KataOnDisk } from '../kata/discover.js';
import type { OptionValues } from '../kata/options.js';
import type { RunRecord } from '../kata/run-record.js';
import { planCases } from './cases.js';
import { resolveImplementation } from './implementation/index.js';
import { runSteps, type RunContext, type Step } from './run.js';

/** What is compared, parsed once. */
export interface CompareRequest {
  /** Two at least. */
  readonly languages: readonly string[];
  /** Undefined: every strategy of the lesson that is to hold. */
  readonly strategy: string | undefined;
  /** Only the options that were given. */
  readonly options: Partial<OptionValues>;
  readonly seed: number;
  readonly rounds: number;
}

/**
 * The same cases in several languages, interleaved (A B A B), so that whatever else the machine does
 * meanwhile falls on all of them alike. One run, stored like any other.
 * @throws PlanError where nothing could be run at all
 */
export async function compareKata(
  found: KataOnDisk,
  request: CompareRequest,
  context: RunContext,
): Promise<RunRecord> {
  const sides = await Promise.all(
    request.languages.map((language) => sideOf(found, language, request, context)),
  );
  const [first = []] = sides;
  const steps = first.flatMap((_, at) => sides.flatMap((side) => side[at] ?? []));
  const numbered = steps.map(({ planned, by }, index) => ({ planned: { ...planned, index }, by }));
  return runSteps(found, numbered, request.seed, context);
}

/** The cases of one language, round after round. */
async function sideOf(
  { kata, folder: kataFolder }: KataOnDisk,
  language: string,
  { strategy, options, seed, rounds: repeat }: CompareRequest,
  { cwd }: RunContext,
): Promise<Step[]> {
  const by = await resolveImplementation({ kataFolder, language, cwd });
  const request = { strategy, language, own: undefined, options, seed, repeat };
  return planCases(kata, request, by)
    .filter(({ expected }) => strategy !== undefined || expected.verdict === 'holds')
    .map((planned) => ({ planned, by }));
}
