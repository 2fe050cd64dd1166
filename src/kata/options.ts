import type { Text } from '../i18n/text.js';

/** An option of a kata: a flag of `plan run`, and a variable of the implementation's environment. */
export type OptionSpec = IntegerSpec | ChoiceSpec<readonly string[]>;

interface IntegerSpec {
  readonly kind: 'integer';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly help: Text;
}

interface ChoiceSpec<C extends readonly string[]> {
  readonly kind: 'choice';
  readonly choices: C;
  readonly default: C[number];
  readonly help: Text;
  /** Giving this option asks for that one case instead of the lesson. */
  readonly picksCase: boolean;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export type OptionValues<S extends OptionSpecs = OptionSpecs> = {
  readonly [K in keyof S]: ValueOf<S[K]>;
};

type ValueOf<T extends OptionSpec> = T extends ChoiceSpec<infer C> ? C[number] : number;

export function integer(spec: Omit<IntegerSpec, 'kind'>): IntegerSpec {
  return { kind: 'integer', ...spec };
}

export function choice<const C extends readonly string[]>(
  choices: C,
  spec: { default: NoInfer<C[number]>; help: Text; picksCase?: boolean },
): ChoiceSpec<C> {
  return { kind: 'choice', choices, picksCase: false, ...spec };
}

export function defaultsOf<S extends OptionSpecs>(specs: S): OptionValues<S> {
  const entries = Object.entries(specs).map(([name, spec]) => [name, spec.default] as const);
  return Object.fromEntries(entries) as OptionValues<S>;
}

/** `thinkMs` → `think-ms` */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `thinkMs` → `PLAN_THINK_MS` */
export function variableOf(name: string): string {
  return `PLAN_${flagOf(name).replaceAll('-', '_').toUpperCase()}`;
}
