import type { KataOnDisk } from '../../kata/discover.js';
import type { OptionValues } from '../../kata/options.js';
import type { RunRecord } from '../../kata/run-record.js';
import { planCases, type RunRequest } from './cases.js';
import type { PlannedCase } from '../stage/conditions.js';
import { plannedBy, resolveCast } from './cast.js';
import { runSteps, type RunContext, type Step } from './run.js';

/** What is compared, parsed once. */
export interface CompareRequest {
  /** Of the references: two at least, or one beside the learner's own. */
  readonly languages: readonly string[];
  /** Path of the learner's own implementation. */
  readonly own: string | undefined;
  /** Of a system: where single roles of it are. */
  readonly parts: Readonly<Record<string, string>> | undefined;
  /** Undefined: every strategy of the lesson that is to hold. */
  readonly strategy: string | undefined;
  /** Only the options that were given. */
  readonly options: Partial<OptionValues>;
  readonly seed: number;
  readonly rounds: number;
}

/**
 * The same cases in several languages, or of the learner's own program too, interleaved (A B A B),
 * so that whatever else the machine does meanwhile falls on all of them alike. One run, stored like
 * any other.
 * @throws PlanError where nothing could be run at all
 */
export async function compareKata(
  found: KataOnDisk,
  request: CompareRequest,
  context: RunContext,
): Promise<RunRecord> {
  const programs: Program[] = [
    ...request.languages.map((language) => ({ language, own: undefined, parts: undefined })),
    ...(hasOwn(request) ? [{ language: undefined, own: request.own, parts: request.parts }] : []),
  ];
  const sides = await Promise.all(programs.map((one) => sideOf(found, one, request, context)));
  const [first = []] = sides;
  const steps = first.flatMap((_, at) => sides.flatMap((side) => side[at] ?? []));
  const numbered = steps.map(({ planned, by }, index) => ({ planned: { ...planned, index }, by }));
  return runSteps(found, numbered, request.seed, context);
}

type Program = Pick<RunRequest, 'language' | 'own' | 'parts'>;

const hasOwn = ({ own, parts }: Pick<CompareRequest, 'own' | 'parts'>): boolean =>
  own !== undefined || parts !== undefined;

/** The cases of one program, round after round. */
async function sideOf(
  found: KataOnDisk,
  { language, own, parts }: Program,
  { strategy, options, seed, rounds: repeat }: CompareRequest,
  { cwd }: RunContext,
): Promise<Step[]> {
  const { kata } = found;
  const by = await resolveCast(found, { strategy, language, own, parts }, cwd);
  const request = { strategy, language, own, parts, options, seed, repeat };
  return planCases(kata, request, plannedBy(kata, by))
    .filter(({ expected }) => strategy !== undefined || expected.verdict === 'holds')
    .map((planned) => ({
      planned: { ...planned, slug: slugOf(planned, hasOwn({ own, parts })) },
      by,
    }));
}

/** Beside a reference in the same language the slug alone would be the same. */
function slugOf({ slug }: PlannedCase, isOwn: boolean): string {
  return isOwn ? `own-${slug}` : slug;
}
