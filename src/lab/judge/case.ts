import { hasPrograms, type Kata } from '../../kata/define.js';
import type { FaultDisarmedNote } from '../../kata/faults.js';
import type { CheckResult, Coverage, Expectation } from '../../kata/findings.js';
import type { Text } from '../../i18n/text.js';
import type { History } from '../../kata/history.js';
import type { OptionValues } from '../../kata/options.js';
import type { CaseError } from '../../kata/run-record.js';
import { kataFault } from './kata-fault.js';
import { ofActs, withActs } from './acts.js';
import { withoutVoid } from './again.js';
import { labWasAway } from './lab-away.js';
import { noticesOf } from './notices.js';
import { checkProgram } from './program.js';
import { disguised } from './tables.js';
import { labWasBlocked } from './waits.js';
import { judge, type Judgement } from './verdict.js';

export interface CaseJudgement extends CheckResult, Judgement {
  /** Left out where there are none. */
  readonly notices?: readonly Text[];
  readonly error?: CaseError;
}

interface Conditions {
  readonly options: OptionValues;
  readonly strategy: string;
  readonly acts?: readonly string[];
  readonly expected: Expectation;
}

/** As `judged`, with what else is worth knowing of the case. */
export function checkCase(kata: Kata, history: History, conditions: Conditions): CaseJudgement {
  const notices = noticesOf(history);
  return {
    ...judged(kata, withoutVoid(history), conditions),
    ...(notices.length > 0 && { notices }),
  };
}

/**
 * Pure: findings and verdict of one case from its history, the same during a run and in
 * `plan recheck`. A checker that crashes gives `error`, never a pass.
 */
function judged(
  kata: Kata,
  history: History,
  { options, strategy, acts, expected }: Conditions,
): CaseJudgement {
  const away = labWasAway(history);
  if (away) {
    const nothing = { findings: [], coverage: [away], figures: {} };
    return { ...nothing, verdict: 'inconclusive', asExpected: false };
  }
  try {
    const program = hasPrograms(kata) ? checkProgram(history, kata) : [];
    const own = isComplete(history) ? kata.check(history, options, strategy) : undefined;
    const result = ofActs(kata.acts ?? {}, acts, own ?? { findings: [], coverage: [incomplete] });
    const findings = withActs(history, [...result.findings, ...program]);
    const unmet = [...disarmed(history), ...disguised(history), ...labWasBlocked(history)];
    const coverage = [...result.coverage, ...unmet];
    return {
      findings,
      coverage,
      figures: own?.figures ?? {},
      ...(own?.exhibits && { exhibits: own.exhibits }),
      ...(own?.chart && { chart: own.chart }),
      ...(own?.tracks && { tracks: own.tracks }),
      ...judge({ findings, coverage }, expected),
    };
  } catch (error) {
    return {
      findings: [],
      coverage: [],
      figures: {},
      verdict: 'error',
      asExpected: false,
      error: { code: 'checker-crashed', ...kataFault(kata, error) },
    };
  }
}

/** What the program took away of the experiment: without it nothing was proved. */
function disarmed(history: History): Coverage[] {
  const [note] = history.notes<FaultDisarmedNote>('fault-disarmed');
  if (note === undefined) return [];
  const { value, line } = note;
  const story = {
    en: `the program has disarmed the experiment: the lab's trigger on ${value.target} was removed, switched off or replaced, for a while at least (history line ${line})`,
    es: `el programa ha desarmado el experimento: el disparador del laboratorio en ${value.target} se quitó, se desactivó o se sustituyó, al menos por un tiempo (línea ${line} del historial)`,
  };
  return [{ condition: 'experiment-armed', met: false, story }];
}

/** The experiment came to its end, so that the final state is in the history. */
function isComplete(history: History): boolean {
  return history.notes('experiment-complete').length > 0;
}

const incomplete = {
  condition: 'experiment-complete',
  met: false,
  story: {
    en: 'the experiment did not come to its end',
    es: 'el experimento no llegó a su fin',
  },
};
