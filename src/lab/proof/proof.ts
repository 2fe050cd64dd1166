import type { Text } from '../../i18n/text.js';
import { isBroken, type Expectation, type Verdict } from '../../kata/findings.js';
import type { FieldProblem } from '../../kata/schema.js';
import type { CaseError, CaseRecord } from '../../kata/run-record.js';

/** What `plan dev check` found out about one kata. */
export interface KataProof {
  readonly kata: string;
  /** What to type for it. */
  readonly word: string;
  readonly title: Text;
  /** Of its fields, its briefs and its files; undefined where nobody looked. */
  readonly texts: readonly FieldProblem[] | undefined;
  readonly references: readonly Proof[];
  readonly twins: readonly Proof[];
  readonly leftOut: readonly LeftOut[];
}

/** One program, put through one case. */
export interface Proof {
  /** `naive, serializable (go)`, or the twin's name. */
  readonly name: string;
  /** `broken` and `right` are twins. */
  readonly kind: 'reference' | 'broken' | 'right';
  readonly wanted: Expectation;
  readonly verdict: Verdict;
  /** The verdict, and for the reason that was wanted: see `judge`, which alone decides it. */
  readonly asWanted: boolean;
  /** Of the invariants that broke. */
  readonly broken: readonly { readonly invariant: string; readonly story: Text | undefined }[];
  /** Of a run that was inconclusive: what never happened, and what could not be told. */
  readonly missing: readonly Text[];
  /** How often it was run, where the first time was inconclusive. */
  readonly attempts?: number;
  readonly error?: Pick<CaseError, 'what' | 'mend'>;
  /** Absolute; undefined where nothing was run, and of what is proved, which is not kept. */
  readonly run?: string;
}

/** What this machine, or this installation, cannot prove. */
export interface LeftOut {
  readonly what: string;
  readonly why: string;
}

export function isProved({ texts = [], references, twins }: KataProof): boolean {
  return texts.length === 0 && [...references, ...twins].every(({ asWanted }) => asWanted);
}

export function proofOf(
  name: string,
  kind: Proof['kind'],
  record: CaseRecord,
  { run, attempts }: { readonly run: string; readonly attempts: number },
): Proof {
  const { expected: wanted, verdict, asExpected: asWanted, findings, coverage, error } = record;
  return {
    ...{ name, kind, wanted, verdict, asWanted, ...(!asWanted && { run }) },
    ...(attempts > 1 && { attempts }),
    broken: findings
      .filter(isBroken)
      .map(({ invariant, witness }) => ({ invariant, story: witness?.story })),
    missing: [
      ...coverage.filter(({ met }) => !met).map(({ story }) => story),
      ...findings.flatMap(({ undecided }) => undecided ?? []),
    ],
    ...(error && { error }),
  };
}
