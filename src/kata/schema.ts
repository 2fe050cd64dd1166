import { z } from 'zod';
import { errorMessage } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { outsideKataTexts } from '../i18n/outside-kata.js';
import { texts } from '../i18n/text.js';
import { journalQuestions, languageNames, servicesOf, type Kata } from './define.js';
import { isOfTheLab } from './discover.js';
import { fieldKinds } from './messages.js';
import { servicesOfKatas } from './services.js';
import { defaultsOf, flagOf, type OptionSpec, type OptionValues } from './options.js';

/** What is wrong with a kata, in the learner's language. */
export interface FieldProblem {
  /** `title.es`, `lesson.1.strategy` */
  readonly field: string;
  readonly problem: string;
}

type T = ReturnType<typeof texts<(typeof outsideKataTexts)['en']>>;

/**
 * Everything that the compiler can't see, or that nobody compiled: a kata from outside is only
 * bundled. Pure apart from calling the kata's own `conditions` and `expect`.
 */
export function kataProblems(value: unknown, from: 'lab' | 'outside'): FieldProblem[] {
  const t = texts(outsideKataTexts);
  const parsed = kataShape(t).safeParse(value);
  if (!parsed.success) return parsed.error.issues.flatMap((issue) => problemsOf(issue, t));
  const kata = value as Kata;
  const problems = [
    ...idProblems(kata, from, t),
    ...nameProblems(kata, t),
    ...roleProblems(kata, t),
    ...messageProblems(kata, t),
    ...lessonProblems(kata, t),
  ];
  return problems.length > 0 ? problems : [...serviceProblems(kata, t), ...answerProblems(kata, t)];
}

function kataShape(t: T) {
  const want = (what: string) => ({
    error: ({ input }: { input?: unknown }) => (input === undefined ? t.missing : t.wants(what)),
  });
  const object = <S extends z.core.$ZodLooseShape>(shape: S, what = t.anObject) =>
    z.strictObject(shape, {
      error: ({ code, input }) =>
        code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : want(what).error({ input }),
    });
  const written = z.string(want(t.aText)).regex(/\S/, t.wants(t.aText));
  const text = object({ es: written, en: written }, t.texts);
  const oneOf = (names: readonly string[]) =>
    z.enum(names as [string], want(t.oneOf(names.join(', '))));
  const list = <E extends z.ZodType>(element: E) => z.array(element, want(t.aList));
  const texted = z.record(z.string(), text, want(t.anObject));
  const whole = z.int(want(t.aNumber));
  const does = z.custom<unknown>((value) => typeof value === 'function', want(t.aFunction));
  const option = z.discriminatedUnion(
    'kind',
    [
      object({ kind: z.literal('integer'), default: whole, min: whole, max: whole, help: text }),
      object({
        kind: z.literal('choice'),
        choices: list(written).min(1, t.empty),
        default: written,
        picksCase: z.boolean(want(t.aBoolean)),
        help: text,
      }),
    ],
    want('integer({ … }) / choice([ … ], { … })'),
  );
  const act = object({
    ...{ title: text, breaks: list(written), covers: list(written) },
    again: z.boolean(want(t.aBoolean)).optional(),
  });
  const role = object({
    title: text,
    languages: list(oneOf(languageNames)).min(1, t.empty),
    services: list(oneOf(servicesOfKatas)).optional(),
    routes: list(written).optional(),
    clientRoutes: list(written).optional(),
    queue: written.optional(),
    given: z.boolean(want(t.aBoolean)).optional(),
  });
  const field = z.union([oneOf(fieldKinds), list(written).min(1, t.empty)]);
  const fields = z.record(z.string(), field, want(t.anObject));
  const call = object({
    to: written,
    body: fields,
    answers: z.record(z.string(), fields, want(t.anObject)),
  });
  const watched = object({ subject: written, shows: list(written).optional() });
  const message = object({
    kind: oneOf(['event', 'command', 'reply']),
    from: written,
    to: list(written).optional(),
    exchange: z.string(),
    body: fields,
  });
  return object({
    id: written,
    item: written.optional(),
    requirements: list(object({ item: written, title: text, rules: list(written) })).optional(),
    title: text,
    conditions: does,
    services: list(oneOf(servicesOfKatas)),
    servicesFor: does.optional(),
    strategies: texted,
    costs: texted.optional(),
    predict: object({ strategy: written, figure: written, question: text }).optional(),
    languages: list(oneOf(languageNames)),
    routes: list(written).optional(),
    queue: written.optional(),
    programs: z.record(z.string(), role, want(t.anObject)).optional(),
    messages: z.record(z.string(), message, want(t.anObject)).optional(),
    calls: z.record(z.string(), call, want(t.anObject)).optional(),
    telemetry: z.literal(true, want(t.aTrue)).optional(),
    sequence: object({
      subject: text,
      fields: list(written).min(1, t.empty),
      effects: z.record(z.string(), z.record(z.string(), watched), want(t.anObject)),
      ends: list(written),
      parties: does,
    }).optional(),
    mystery: object({
      number: written,
      causes: z.record(z.string(), object({ title: text, hints: list(text).min(1, t.empty) })),
      ...{ causeOf: does, evidence: does, opening: does },
    }).optional(),
    options: z.record(z.string(), option, want(t.anObject)),
    lesson: list(z.looseObject({ strategy: written }, want(t.anObject))).min(1, t.empty),
    defaultStrategy: written,
    expect: does,
    lessonActs: does.optional(),
    columns: list(object({ figure: written, head: text })),
    acts: z.record(z.string(), act, want(t.anObject)).optional(),
    experiment: does,
    check: does,
    deadLetters: object({ read: does, replay: does, outcomes: does }).optional(),
    questions: object(
      Object.fromEntries(journalQuestions.map((name) => [name, text.optional()])),
    ).optional(),
  } satisfies Record<keyof Kata, z.ZodType>);
}

function problemsOf(issue: z.core.$ZodIssue, t: T): FieldProblem[] {
  const field = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return [{ field, problem: issue.message }];
  const known = issue.message.split(', ');
  return issue.keys.map((key) => {
    const near = nearest(key, known);
    return {
      field: field === '' ? key : `${field}.${key}`,
      problem: near === undefined ? t.unknownField(issue.message) : t.didYouMean(near),
    };
  });
}

const name = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const optionName = /^[a-z][a-zA-Z0-9]*$/;
/** What `plan run` and `plan compare` take of themselves. */
export const flagsOfRuns: ReadonlySet<string> = new Set([
  ...['strategy', 'lang', 'impl', 'cmd', 'watch', 'act', 'repeat', 'rounds', 'seed', 'services'],
  ...['otlp', 'explain', 'wide', 'ask', 'no-ask', 'json', 'locale', 'help'],
]);

function idProblems({ id }: Kata, from: 'lab' | 'outside', t: T): FieldProblem[] {
  if (!name.test(id)) return [{ field: 'id', problem: t.badId }];
  return isOfTheLab(id) === (from === 'lab') ? [] : [{ field: 'id', problem: t.takenId }];
}

function nameProblems(
  { strategies, options, acts = {}, programs = {} }: Kata,
  t: T,
): FieldProblem[] {
  return [
    ...(Object.keys(strategies).length > 0 ? [] : [{ field: 'strategies', problem: t.empty }]),
    ...Object.entries({ strategies, acts, programs }).flatMap(([field, named]) =>
      Object.keys(named)
        .filter((each) => !name.test(each))
        .map((each) => ({ field: `${field}.${each}`, problem: t.badName })),
    ),
    ...Object.entries(options).flatMap(([each, spec]): FieldProblem[] => {
      const field = `options.${each}`;
      if (!optionName.test(each)) return [{ field, problem: t.badOptionName }];
      const flag = flagOf(each);
      if (flagsOfRuns.has(flag)) return [{ field, problem: t.takenOption(flag) }];
      if (spec.kind === 'integer' && spec.min > spec.max) return [{ field, problem: t.minOverMax }];
      return valueProblems(`${field}.default`, spec, spec.default, t);
    }),
  ];
}

function valueProblems(field: string, spec: OptionSpec, value: unknown, t: T): FieldProblem[] {
  if (spec.kind === 'choice') {
    if (spec.choices.includes(value as string)) return [];
    return [{ field, problem: t.wants(t.oneOf(spec.choices.join(', '))) }];
  }
  const { min, max } = spec;
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return [];
  return [{ field, problem: t.outOfRange(min, max) }];
}

/** Nobody has a service or a language of which the kata itself knows nothing. */
function roleProblems({ programs = {}, services, languages }: Kata, t: T): FieldProblem[] {
  return Object.entries(programs).flatMap(([role, of]): FieldProblem[] => {
    const within = (field: string, known: readonly string[], named: readonly string[] = []) =>
      named.every((one) => known.includes(one))
        ? []
        : [{ field: `programs.${role}.${field}`, problem: t.wants(t.someOf(known.join(', '))) }];
    return [
      ...within('services', services, of.services),
      ...within('languages', languages, of.languages),
    ];
  });
}

/** Whoever sends or takes a message is a part of the kata. */
function messageProblems({ messages = {}, programs = {} }: Kata, t: T): FieldProblem[] {
  const known = Object.keys(programs);
  return Object.entries(messages).flatMap(([name, { from, to = [] }]) =>
    [from, ...to].every((role) => known.includes(role))
      ? []
      : [{ field: `messages.${name}`, problem: t.wants(t.someOf(known.join(', '))) }],
  );
}

function lessonProblems({ strategies, options, lesson, defaultStrategy }: Kata, t: T) {
  const known = Object.keys(strategies);
  const strategyAt = (field: string, strategy: string): FieldProblem[] =>
    known.includes(strategy)
      ? []
      : [{ field, problem: t.noSuchStrategy(strategy, known.join(', ')) }];
  return [
    ...strategyAt('defaultStrategy', defaultStrategy),
    ...lesson.flatMap(({ strategy, ...changes }, at) => [
      ...strategyAt(`lesson.${at}.strategy`, strategy),
      ...Object.entries(changes).flatMap(([each, value]) => {
        const spec = options[each];
        const field = `lesson.${at}.${each}`;
        return spec
          ? valueProblems(field, spec, value, t)
          : [{ field, problem: t.noSuchOption(each) }];
      }),
    ]),
  ];
}

/** What `servicesFor` says, for every case of the lesson and every choice of an option. */
function serviceProblems(kata: Kata, t: T): FieldProblem[] {
  const chosen = Object.entries(kata.options).flatMap(([name, spec]) =>
    spec.kind === 'choice' ? spec.choices.map((choice) => ({ [name]: choice })) : [],
  );
  const problem = (changes: object): string | undefined => {
    try {
      const named: unknown = servicesOf(kata, { ...defaultsOf(kata.options), ...changes });
      const known = (name: unknown): boolean => kata.services.some((one) => one === name);
      if (Array.isArray(named) && named.every(known)) return undefined;
      return t.returns(t.someOf(kata.services.join(', ')));
    } catch (error) {
      return t.throws(errorMessage(error));
    }
  };
  const [first] = [...kata.lesson, ...chosen].flatMap((changes) => problem(changes) ?? []);
  return first === undefined ? [] : [{ field: 'servicesFor', problem: first }];
}

/** What its functions say of every case of the lesson. */
function answerProblems(kata: Kata, t: T): FieldProblem[] {
  const written = z.string().regex(/\S/);
  const text = z.strictObject({ es: written, en: written });
  const expectation = z.union([
    z.strictObject({ verdict: z.literal('holds') }),
    z.strictObject({
      ...{ verdict: z.literal('violated'), by: written },
      with: z.array(written).optional(),
    }),
  ]);
  const asked = (field: string, shape: z.ZodType, what: string, answer: () => unknown) => {
    try {
      return shape.safeParse(answer()).success ? [] : [{ field, problem: t.returns(what) }];
    } catch (error) {
      return [{ field, problem: t.throws(errorMessage(error)) }];
    }
  };
  const known = Object.keys(kata.acts ?? {});
  const someActs = z.array(z.enum(known)).min(1).optional();
  for (const { strategy, ...changes } of kata.lesson) {
    const options = { ...defaultsOf(kata.options), ...changes } as OptionValues;
    const problems = [
      ...asked('conditions', text, t.texts, () => kata.conditions(options)),
      ...asked('expect', expectation, t.expectation, () => kata.expect(strategy, options)),
      ...asked('lessonActs', someActs, t.someOf(known.join(', ')), () =>
        kata.lessonActs?.(strategy, options),
      ),
    ];
    if (problems.length > 0) return problems;
  }
  return [];
}
