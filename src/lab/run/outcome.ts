import { exitCodes, type ExitCode } from '../../base/errors.js';
import type { CaseRecord, RunOutcome, RunRecord } from '../../kata/run-record.js';

/** The worst of the cases. */
export function outcomeOf(cases: readonly CaseRecord[]): RunOutcome {
  if (cases.some(({ verdict }) => verdict === 'error')) return 'error';
  const unexpected = cases.filter(({ asExpected }) => !asExpected);
  if (unexpected.some(({ verdict }) => verdict === 'violated')) return 'violated';
  return unexpected.length > 0 ? 'inconclusive' : 'as-expected';
}

export function exitOf({ outcome, cases }: RunRecord): ExitCode {
  switch (outcome) {
    case 'as-expected':
      return exitCodes.ok;
    case 'violated':
      return exitCodes.violated;
    case 'inconclusive':
      return exitCodes.inconclusive;
    case 'interrupted':
      return exitCodes.interrupted;
    case 'error':
      return (
        [exitCodes.defect, exitCodes.usage].find((code) =>
          cases.some(({ error }) => error?.exit === code),
        ) ?? exitCodes.environment
      );
  }
}
