import type { CheckResult, History, OptionValues } from '../../src/kata/index.js';
import { figures } from './figures.js';
import { causes } from './rules/causes.js';
import { coverage } from './rules/coverage.js';
import { effectOnce, effectsAsOrdered, moneyConserved, stockConserved } from './rules/effects.js';
import { everyOrderEnds, finalStateStays, givenUpInTime, takenIsKept } from './rules/ends.js';
import { eventHasItsStateChange, stateChangeHasItsEvent } from './rules/events.js';
import { confirmedHasBoth, rejectedKeepsNothing, servedIsConfirmed } from './rules/outcomes.js';
import { correlatesWithItsOrder, duplicatesAreRecognisable, toldAsOrdered } from './rules/sent.js';
import { unreadableIsRejected } from './rules/unreadable.js';
import { readStory } from './story.js';

/** Pure: what the three databases say at the end, against what was asked for and what was told. */
export function check(
  history: History,
  { deadlineMs, users }: Pick<OptionValues, 'deadlineMs' | 'users'>,
  strategy: string,
): CheckResult {
  const story = readStory(history);
  const limit = Number(deadlineMs);
  return {
    findings: [
      servedIsConfirmed(story, limit),
      everyOrderEnds(story),
      givenUpInTime(story, limit),
      confirmedHasBoth(story),
      rejectedKeepsNothing(story),
      causes(story, limit),
      effectOnce(story),
      effectsAsOrdered(story),
      moneyConserved(story),
      stockConserved(story),
      finalStateStays(story),
      stateChangeHasItsEvent(story),
      eventHasItsStateChange(story),
      correlatesWithItsOrder(story),
      toldAsOrdered(story),
      duplicatesAreRecognisable(story),
      takenIsKept(story),
      unreadableIsRejected(story),
    ],
    coverage: coverage(story, { strategy, users: Number(users) }),
    figures: figures(story),
  };
}
