import type { Text } from '../i18n/text.js';
import type { Chart, Exhibits } from './exhibits.js';

/** What a checker says of one invariant. */
export interface Finding {
  /** Stable id in kebab-case: `no-overselling`. */
  readonly invariant: string;
  /** The rule, as the learner reads it. */
  readonly rule: Text;
  readonly holds: boolean;
  /** The operations that prove the violation, told in plain words. */
  readonly witness?: Witness;
  /** In which act it broke, where the experiment has acts and the witness lies in one. */
  readonly act?: string;
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
      readonly with: readonly string[];
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

/** `holds` unless there is a story to tell. */
export function finding(invariant: string, rule: Text, witness: Witness | undefined): Finding {
  return witness ? { invariant, rule, holds: false, witness } : { invariant, rule, holds: true };
}
