import type { Kata } from '../../kata/define.js';
import type { Expectation } from '../../kata/findings.js';
import type { PlannedCase } from '../stage/conditions.js';
import type { ImplementationRecord } from '../../kata/run-record.js';
import { defaultsOf, type OptionValues } from '../../kata/options.js';

/** What the command line asked for, parsed once. */
export interface RunRequest {
  /** Undefined where the options leave the lesson whole. */
  readonly strategy: string | undefined;
  readonly language: string | undefined;
  /** `--lang order=node,payment=go`: of a system, in which language a role's reference plays. */
  readonly languages?: Readonly<Record<string, string>> | undefined;
  /** Path of the learner's own implementation. */
  readonly own: string | undefined;
  /** `--impl payment=./elsewhere`: of a system, where a role's own implementation is. */
  readonly parts?: Readonly<Record<string, string>> | undefined;
  /** `--cmd`: how the learner's own is started, as a list of words. */
  readonly start?: readonly string[] | undefined;
  /** Only these acts; left out, the whole experiment. */
  readonly acts?: readonly string[] | undefined;
  /** Only the options that were given. */
  readonly options: Partial<OptionValues>;
  readonly seed: number;
  readonly repeat: number;
  /** One case, with a tap that listens to its databases. */
  readonly explain?: boolean;
  /** `--otlp`: where what the programs tell is handed on to. */
  readonly otlp?: string | undefined;
}

/** What planning wants to know of whoever plays. */
export interface PlannedBy {
  readonly kind: ImplementationRecord['kind'];
  readonly language: string;
  readonly strategies?: readonly string[] | undefined;
}

/**
 * The lesson, or the one case that the options pick. Options that pick no case (buyers, stock,
 * language, …) change the whole lesson. Repetitions interleave: A B A B.
 */
export function planCases(
  kata: Kata,
  request: RunRequest,
  implementation: PlannedBy,
): PlannedCase[] {
  const isSingle = picksOneCase(kata, request);
  const chosen = isSingle
    ? [singleCase(kata, request, implementation.strategies)]
    : (kata.lesson as readonly CaseChange[]);
  const rounds = Array.from({ length: request.repeat }, (_, round) => round + 1);
  return rounds
    .flatMap((repetition) =>
      chosen.map(({ strategy, ...changes }) => ({ repetition, strategy, changes })),
    )
    .map(({ repetition, strategy, changes }, index) => {
      const options = {
        ...defaultsOf(kata.options),
        ...changes,
        ...request.options,
      } as OptionValues;
      return {
        index,
        slug: slugOf(kata, { strategy, options, repetition }, implementation, request.repeat),
        strategy,
        repetition,
        options,
        ...(isSingle || request.acts ? asked(request) : taught(kata, strategy, options)),
        ...(request.explain === true && { explain: true as const }),
        ...(request.otlp !== undefined && { otlp: request.otlp }),
        expected:
          implementation.kind === 'own'
            ? { verdict: 'holds' }
            : ofThese(request.acts, kata.expect(strategy, options)),
      };
    });
}

type Played = Pick<PlannedCase, 'acts' | 'taught'>;

const asked = ({ acts }: RunRequest): Played => (acts ? { acts } : {});

/** A lesson takes each strategy through what it is about, and whoever names one gets all. */
function taught({ lessonActs }: Kata, strategy: string, options: OptionValues): Played {
  const acts = lessonActs?.(strategy, options);
  return acts ? { acts, taught: true } : {};
}

/** What the whole experiment is sure to bring about, some of its acts may. */
function ofThese(acts: RunRequest['acts'], expected: Expectation): Expectation {
  const partly = acts !== undefined && expected.verdict === 'violated';
  return partly ? { ...expected, partly: true } : expected;
}

export function picksOneCase(kata: Kata, request: RunRequest): boolean {
  if (request.strategy !== undefined || request.own !== undefined || request.parts) return true;
  if (request.explain === true) return true;
  return Object.keys(request.options).some((name) => {
    const spec = kata.options[name];
    return spec?.kind === 'choice' && spec.picksCase;
  });
}

type CaseChange = Partial<OptionValues> & { readonly strategy: string };

function singleCase(
  kata: Kata,
  request: RunRequest,
  offered: readonly string[] | undefined,
): CaseChange {
  if (request.strategy !== undefined) return { strategy: request.strategy };
  if (request.own === undefined && !request.parts) return { strategy: kata.defaultStrategy };
  return { strategy: offered?.[0] ?? 'own' };
}

/** `naive-read-committed-node`, and `-3` for the third repetition. */
function slugOf(
  kata: Kata,
  {
    strategy,
    options,
    repetition,
  }: { strategy: string; options: OptionValues; repetition: number },
  { language }: { language: string },
  repeat: number,
): string {
  const choices = Object.entries(kata.options)
    .filter(([, spec]) => spec.kind === 'choice' && spec.picksCase)
    .map(([name]) => String(options[name]));
  const parts = [strategy, ...choices, language, ...(repeat > 1 ? [String(repetition)] : [])];
  return parts.join('-').replace(/[^\w-]+/g, '-');
}
