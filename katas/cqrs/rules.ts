import type { CheckResult, History, OptionValues } from '../../src/kata/index.js';
import type { WhenCut } from './contract.js';
import { figures } from './figures.js';
import { ageIsTold } from './rules/ages.js';
import { coverage } from './rules/coverage.js';
import { refuseIsNeverStale, staleAlwaysAnswers } from './rules/cut-off.js';
import { everyChangeIsTold, rebuiltEqualsTheOld, viewEqualsTheFold } from './rules/fold.js';
import { noReaderSeesLess, servesWhileConnected, showsOnlyWhatWas } from './rules/readers.js';
import {
  tokenHasItsWrite,
  tokenIsWaitedFor,
  tokenWaitEnds,
  waitingIsInNobodysWay,
} from './rules/tokens.js';
import { readStory } from './story.js';

/** Pure: what the view said, against what was written and told. */
export function check(
  history: History,
  { waitMs, whenCut, users }: Pick<OptionValues, 'waitMs' | 'whenCut' | 'users'>,
  strategy: string,
): CheckResult {
  const story = readStory(history);
  return {
    findings: [
      viewEqualsTheFold(story),
      noReaderSeesLess(story),
      tokenHasItsWrite(story),
      tokenIsWaitedFor(story, Number(waitMs)),
      tokenWaitEnds(story, Number(waitMs)),
      waitingIsInNobodysWay(story),
      rebuiltEqualsTheOld(story),
      refuseIsNeverStale(story, whenCut as WhenCut),
      staleAlwaysAnswers(story, whenCut as WhenCut),
      ageIsTold(story),
      servesWhileConnected(story),
      showsOnlyWhatWas(story),
      everyChangeIsTold(story),
    ],
    coverage: coverage(story, strategy, Number(users)),
    figures: figures(story),
  };
}
