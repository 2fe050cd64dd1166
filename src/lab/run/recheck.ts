import type { Kata } from '../../kata/define.js';
import type { Verdict } from '../../kata/findings.js';
import type { CaseRecord, RunRecord } from '../../kata/run-record.js';
import { checkCase } from '../judge/case.js';
import { outcomeOf } from './outcome.js';
import { readRun } from '../archive/folder.js';
import { historyOf } from '../archive/history-of.js';

export interface ChangedVerdict {
  readonly slug: string;
  readonly before: Verdict;
  readonly now: Verdict;
}

export interface Recheck {
  /** The stored run with the findings and verdicts of now. */
  readonly record: RunRecord;
  readonly changed: readonly ChangedVerdict[];
}

/**
 * Checks a stored run again from its history alone. A case that the harness could not finish
 * stays an `error`: its history is no ground for a verdict.
 *
 * @throws PlanError `no-such-run`, `bad-run`
 */
export async function recheckRun(
  where: string,
  kataOf: (run: { folder: string; record: RunRecord }) => Promise<Kata>,
): Promise<Recheck> {
  const { folder, record } = await readRun(where);
  const kata = await kataOf({ folder, record });
  const cases: CaseRecord[] = [];
  for (const stored of record.cases) cases.push(await again(kata, folder, stored));
  const outcome = record.outcome === 'interrupted' ? 'interrupted' : outcomeOf(cases);
  const changed = record.cases.flatMap(({ slug, verdict: before }, index) => {
    const now = cases[index]?.verdict ?? before;
    return now === before ? [] : [{ slug, before, now }];
  });
  return { record: { ...record, cases, outcome }, changed };
}

async function again(kata: Kata, folder: string, stored: CaseRecord): Promise<CaseRecord> {
  if (stored.verdict === 'error' && stored.error?.code !== 'checker-crashed') return stored;
  const history = await historyOf(folder, stored);
  const judgement = checkCase(kata, history, stored);
  return { ...withoutError(stored), ...judgement };
}

function withoutError(stored: CaseRecord): CaseRecord {
  const copy: { error?: unknown } & CaseRecord = { ...stored };
  delete copy.error;
  return copy;
}
