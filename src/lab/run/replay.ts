import path from 'node:path';
import { displayPath } from '../../base/display-path.js';
import { exitCodes, PlanError } from '../../base/errors.js';
import { replayTexts } from '../../i18n/replay.js';
import { texts } from '../../i18n/text.js';
import type { KataOnDisk } from '../../kata/discover.js';
import { defaultsOf, type OptionValues } from '../../kata/options.js';
import type { CaseRecord, RunRecord } from '../../kata/run-record.js';
import { soleRole } from '../../kata/roles.js';
import { resolveCast, type Cast } from './cast.js';
import { recordOfLab } from './record-of.js';
import { runSteps, type RunContext, type Step } from './run.js';

export interface Replay {
  readonly rounds: readonly RunRecord[];
  /** Implementations whose sources are no longer those of the stored run. */
  readonly changed: readonly string[];
}

/**
 * Runs the cases of a stored run again, with its options, its seed and so its schedule of faults, as
 * often as asked. Each round is a run of its own, stored like any other. An interrupt ends it after
 * the rounds that there are.
 * @throws PlanError `cannot-replay`, and what a run throws where nothing can be run
 */
export async function replayRun(
  found: KataOnDisk,
  stored: RunRecord,
  times: number,
  context: RunContext,
  onRound: (round: number) => void,
): Promise<Replay> {
  const steps = await stepsOf(found, stored, context);
  const ofLab = await recordOfLab(found, context.root);
  const changed = steps.flatMap(({ by }, at) => {
    const then = stored.cases[at];
    const played = by ? [...by] : [[soleRole, ofLab] as const];
    return played.flatMap(([role, { hash, path: where }]) => {
      const before = role === soleRole ? then?.implementation : then?.cast?.[role];
      return before?.hash === hash ? [] : [displayPath(where, context.root)];
    });
  });
  const command = typedAgain(stored);
  const rounds: RunRecord[] = [];
  for (let round = 1; round <= times && !context.signal.aborted; round += 1) {
    onRound(round);
    const record = await runSteps(found, steps, stored.seed, { ...context, command });
    // An interrupted round says nothing of the cases that it did not come to.
    if (record.outcome !== 'interrupted') rounds.push(record);
  }
  return { rounds, changed: [...new Set(changed)] };
}

/** The cases of a stored run, to be run again. @throws PlanError `cannot-replay` */
export async function stepsOf(
  found: KataOnDisk,
  { cases }: RunRecord,
  { root, cwd }: RunContext,
): Promise<Step[]> {
  const { kata } = found;
  const casts = new Map<string, Promise<Cast>>();
  const castOf = ({ implementation, cast }: CaseRecord): Promise<Cast> => {
    const { kind, language, path: where, start } = implementation;
    const parts = cast && ownParts(cast, root);
    const languages = cast && languagesOf(cast);
    const key = JSON.stringify([kind, language, where, start, parts, languages]);
    const own = kind === 'own' && !cast ? path.resolve(root, where) : undefined;
    const known = casts.get(key) ?? resolve({ own, language, languages, start, parts });
    casts.set(key, known);
    return known;
  };
  const resolve = ({ language, ...others }: Asked): Promise<Cast> => {
    const asked = language === 'command' ? undefined : language;
    return resolveCast(found, { ...others, language: asked, strategy: undefined }, cwd);
  };
  return Promise.all(
    cases.map(async (one) => {
      if (!(one.strategy in kata.strategies) && one.implementation.kind === 'reference')
        throw noStrategy(kata.id, one.strategy);
      const { index, slug, strategy, repetition, expected } = one;
      const options = { ...defaultsOf(kata.options), ...one.options } as OptionValues;
      const planned = { index, slug, strategy, repetition, options, expected };
      const isPlayedByLab = one.implementation.kind === 'lab';
      return { planned, by: isPlayedByLab ? undefined : await castOf(one) };
    }),
  );
}

interface Asked {
  readonly own: string | undefined;
  readonly language: string;
  readonly start: readonly string[] | undefined;
  readonly parts: Readonly<Record<string, string>> | undefined;
  readonly languages: Readonly<Record<string, string>> | undefined;
}

/** Of a system: in which language each role was. */
function languagesOf(cast: NonNullable<CaseRecord['cast']>): Record<string, string> {
  return Object.fromEntries(Object.entries(cast).map(([role, { language }]) => [role, language]));
}

/** Of a system: where the roles were that the learner had written. */
function ownParts(cast: NonNullable<CaseRecord['cast']>, root: string): Record<string, string> {
  const own = Object.entries(cast).filter(([, { kind }]) => kind === 'own');
  return Object.fromEntries(
    own.map(([role, { path: where }]) => [role, path.resolve(root, where)]),
  );
}

/** The command of then, and the seed that it had. */
function typedAgain({ command, seed }: RunRecord): string[] {
  const words = command.filter(
    (word, at) => !/^--seed(=|$)/.test(word) && command[at - 1] !== '--seed',
  );
  return [...words, '--seed', String(seed)];
}

function noStrategy(kata: string, strategy: string): PlanError {
  const t = texts(replayTexts);
  return new PlanError({
    code: 'cannot-replay',
    exit: exitCodes.usage,
    what: t.noStrategy(kata, strategy),
    mend: `plan run ${kata}`,
  });
}
