import { exitCodes, PlanError } from '../../base/errors.js';
import { compareTexts } from '../../i18n/compare.js';
import { texts } from '../../i18n/text.js';
import type { KataOnDisk } from '../../kata/discover.js';
import type { OptionValues } from '../../kata/options.js';
import type { RunRecord } from '../../kata/run-record.js';
import { planCases } from './cases.js';
import { plannedBy, resolveCast, type Cast } from './cast.js';
import { runSteps, type RunContext, type Step } from './run.js';

/** What is compared, parsed once. */
export interface CompareRequest {
  /** Of the references: two at least, or one beside the learner's own. */
  readonly languages: readonly string[];
  /** Path of the learner's own implementation. */
  readonly own: string | undefined;
  /** Of a system: where single roles of it are. */
  readonly parts: Readonly<Record<string, string>> | undefined;
  /** The learner's own as it was before: the two are compared with each other alone. */
  readonly before?: Version | undefined;
  /** Undefined: every strategy of the lesson that is to hold; of two versions, what the newer offers. */
  readonly strategy: string | undefined;
  /** Only the options that were given. */
  readonly options: Partial<OptionValues>;
  readonly seed: number;
  readonly rounds: number;
}

/** Of the learner's own program: where it is, and of a system where single roles of it are. */
interface Version {
  readonly own: string | undefined;
  readonly parts: Readonly<Record<string, string>> | undefined;
}

/**
 * The same cases in several languages, of the learner's own program too, or of two versions of it
 * alone, interleaved (A B A B),
 * so that whatever else the machine does meanwhile falls on all of them alike. One run, stored like
 * any other.
 * @throws PlanError where nothing could be run at all
 */
export async function compareKata(
  found: KataOnDisk,
  request: CompareRequest,
  context: RunContext,
): Promise<RunRecord> {
  const sides = await sidesOf(found, request, context);
  const [first = []] = sides;
  const steps = first.flatMap((_, at) => sides.flatMap((side) => side[at] ?? []));
  const numbered = steps.map(({ planned, by }, index) => ({ planned: { ...planned, index }, by }));
  return runSteps(found, numbered, request.seed, context);
}

interface Program extends Version {
  readonly language: string | undefined;
  /** Beside a reference in the same language the slug alone would be the same. */
  readonly prefix: '' | 'own-' | 'before-';
}

/** Of each program its cases, round after round. */
async function sidesOf(
  found: KataOnDisk,
  request: CompareRequest,
  { cwd }: RunContext,
): Promise<Step[][]> {
  const { before, strategy } = request;
  const programs = programsOf(request);
  const casts = await Promise.all(
    programs.map((one) => resolveCast(found, { strategy, ...one }, cwd)),
  );
  if (before) refuseTheSame(casts);
  // Both versions go the way of the newer one: only the same way can be compared.
  const [newer] = casts.slice(-1).map((cast) => plannedBy(found.kata, cast).strategies);
  const way = before ? (strategy ?? newer?.[0] ?? 'own') : strategy;
  return casts.map((by, at) => {
    const one = programs[at];
    return one ? sideOf(found, one, by, { ...request, strategy: way }) : [];
  });
}

function programsOf({ languages, own, parts, before }: CompareRequest): Program[] {
  const hasOwn = own !== undefined || parts !== undefined;
  const mine = { language: undefined, own, parts, prefix: 'own-' } as const;
  if (before) return [{ language: undefined, ...before, prefix: 'before-' }, mine];
  const references = languages.map((language): Program => {
    return { language, own: undefined, parts: undefined, prefix: '' };
  });
  return hasOwn ? [...references, mine] : references;
}

/** @throws PlanError `same-program`: between a program and itself there is nothing to be seen. */
function refuseTheSame([before, mine]: readonly Cast[]): void {
  const hashes = (cast: Cast | undefined): string =>
    [...(cast ?? [])].map(([role, { hash }]) => `${role} ${hash}`).join();
  if (hashes(before) !== hashes(mine)) return;
  const t = texts(compareTexts);
  throw new PlanError({
    code: 'same-program',
    exit: exitCodes.usage,
    what: t.sameProgram,
    mend: t.sameProgramMend,
  });
}

/** The cases of one program, round after round. */
function sideOf(
  { kata }: KataOnDisk,
  { language, own, parts, prefix }: Program,
  by: Cast,
  { strategy, options, seed, rounds: repeat }: CompareRequest,
): Step[] {
  const request = { strategy, language, own, parts, options, seed, repeat };
  return planCases(kata, request, plannedBy(kata, by))
    .filter(({ expected }) => strategy !== undefined || expected.verdict === 'holds')
    .map((planned) => ({ planned: { ...planned, slug: `${prefix}${planned.slug}` }, by }));
}
