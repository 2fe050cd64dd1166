/**
 * What the programs' `/metrics` say over time, as a Prometheus keeps it that looks at them every 200 ms.
 * It finds each program as it starts; every series has the labels `run` and, of a system, `role`.
 */
export interface Metrics {
  /** Of this case alone: `{run="plan_…"}` in a selector leaves out all others on the same server. */
  readonly run: string;
  /** Waits until every program of the case has been looked at; undefined at the limit (30 s). */
  seen(): Promise<true | undefined>;
  /**
   * What an expression of PromQL comes to.
   * @param at milliseconds since 1970; now, where it is left out
   * @throws Error where it is no expression, or the server does not answer
   */
  ask(expression: string, at?: number): Promise<readonly Sampled[]>;
  /** The same over a time, both ends included. */
  range(expression: string, over: Span): Promise<readonly Series[]>;
  /** What leads from a series to traces in it, for a time: of programs that tell it in OpenMetrics. */
  exemplars(expression: string, over: Pick<Span, 'from' | 'to'>): Promise<readonly Exemplar[]>;
  /**
   * Has the server evaluate rules, in the format of a rule file, until the case ends.
   * @throws PlanError `bad-rules` (exit 5)
   */
  addRules(file: string): Promise<void>;
}

/** Milliseconds; the ends since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

export type Labels = Readonly<Record<string, string>>;

export interface Sampled {
  readonly labels: Labels;
  readonly value: number;
}

export interface Exemplar {
  /** Of its series. */
  readonly series: Labels;
  /** Its own: `trace_id`. */
  readonly labels: Labels;
  readonly value: number;
}

export interface Series {
  readonly labels: Labels;
  /** When, in milliseconds since 1970, and what. */
  readonly points: readonly (readonly [at: number, value: number])[];
}

/** Of a case whose kata asks for none: using it is a defect of the kata. */
export function noMetrics(kata: string): Metrics {
  const refuse = (): never => {
    throw new Error(`${kata} asks for no prometheus`);
  };
  return {
    get run(): string {
      return refuse();
    },
    seen: () => Promise.resolve().then(refuse),
    ask: () => Promise.resolve().then(refuse),
    range: () => Promise.resolve().then(refuse),
    exemplars: () => Promise.resolve().then(refuse),
    addRules: () => Promise.resolve().then(refuse),
  };
}
