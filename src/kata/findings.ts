import type { Text } from '../i18n/text.js';
import type { Chart, Exhibits } from './exhibits.js';
import type { Tracks } from './tracks.js';

/** What a checker says of one invariant. */
export interface Finding {
  /** Stable id in kebab-case: `no-overselling`. */
  readonly invariant: string;
  /** The rule, as the learner reads it. */
  readonly rule: Text;
  /** Null where this run could not tell: no verdict may rest on it. */
  readonly holds: boolean | null;
  /** Why it could not tell. */
  readonly undecided?: Text;
  /** Of a rule with a tolerance. */
  readonly margin?: Margin;
  /** The operations that prove the violation, told in plain words. */
  readonly witness?: Witness;
  /** In which act it broke, where the experiment has acts and the witness lies in one. */
  readonly act?: string;
}

/** How far a run was from breaking a rule with a tolerance. */
export interface Margin {
  /** What was measured, as in "the latest wait": the run's worst. */
  readonly what: Text;
  /** How far it was from what the rule asks for; 0 is exactly that. */
  readonly value: number;
  /** How far it may be. */
  readonly limit: number;
  /** The same in every language: `ms`, `%`. */
  readonly unit: string;
  /** So much of the value this run could not have told from nothing. */
  readonly resolution?: number;
}

export interface Witness {
  readonly story: Text;
  /** Lines of history.jsonl, counted from 1. */
  readonly lines: readonly number[];
  /** The request whose answer broke the rule, where it is one request's. */
  readonly request?: SentRequest;
}

export interface SentRequest {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
}

/** What must have happened for the run to mean anything. */
export interface Coverage {
  readonly condition: string;
  readonly met: boolean;
  /** What was needed and what came: "100 requests, at most 1 under way at once". */
  readonly story: Text;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  /** Numbers for the kata's own columns: `sold`, `oversold`, `retries`. */
  readonly figures: Readonly<Record<string, number>>;
  /** What a kata shows that no number tells; the report prints it instead of the usual table. */
  readonly exhibits?: Exhibits;
  /** Drawn below the table, beside those of the other cases. */
  readonly chart?: Chart;
  /** Drawn below that: what went on over time, in several rows. */
  readonly tracks?: Tracks;
}

export type Verdict = 'holds' | 'violated' | 'inconclusive' | 'error';

/** What a case should come to. */
export type Expectation =
  | { readonly verdict: 'holds' }
  | {
      readonly verdict: 'violated';
      /** The invariant that this failure is about: without it broken, nothing was shown. */
      readonly by: string;
      /** Invariants that may break along with it. Any other one is a failure of another kind. */
      readonly with?: readonly string[];
      /** Of some acts alone: they need not bring it about, and may show only what comes with it. */
      readonly partly?: true;
    };

export const holds = (invariant: string, rule: Text): Finding => ({ invariant, rule, holds: true });

export function violated(
  invariant: string,
  rule: Text,
  story: Text,
  lines: readonly number[] = [],
): Finding {
  return { invariant, rule, holds: false, witness: { story, lines } };
}

/** @param why as it follows "could not be told": "the lab's own pulses were 400 ms late" */
export const undecided = (invariant: string, rule: Text, why: Text): Finding => ({
  invariant,
  rule,
  holds: null,
  undecided: why,
});

/** `holds` unless there is a story to tell. */
export function finding(invariant: string, rule: Text, witness: Witness | undefined): Finding {
  return witness ? { invariant, rule, holds: false, witness } : { invariant, rule, holds: true };
}

export const isBroken = ({ holds }: Pick<Finding, 'holds'>): boolean => holds === false;

export const isUndecided = ({ holds }: Pick<Finding, 'holds'>): boolean => holds === null;
