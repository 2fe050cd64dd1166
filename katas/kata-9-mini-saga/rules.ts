import {
  correlatesWithItsOrder,
  duplicatesAreRecognisable,
  effectOnce,
  eventHasItsStateChange,
  everyOrderEnds,
  finalStateStays,
  givenUpInTime,
  stateChangeHasItsEvent,
  type CheckResult,
  type History,
  type OptionValues,
} from '../../src/kata/index.js';
import { isFact } from './contract.js';
import { figures } from './figures.js';
import { causes } from './rules/causes.js';
import { coverage } from './rules/coverage.js';
import { effectsAsOrdered, moneyConserved, stockConserved } from './rules/effects.js';
import { takenIsKept } from './rules/ends.js';
import { confirmedHasBoth, rejectedKeepsNothing, servedIsConfirmed } from './rules/outcomes.js';
import { sagaOf } from './rules/saga.js';
import { senderOf, toldAsOrdered } from './rules/sent.js';
import { stopsInOrder } from './rules/stops.js';
import { unreadableIsRejected } from './rules/unreadable.js';
import { readStory } from './story.js';

/** Pure: what the three databases say at the end, against what was asked for and what was told. */
export function check(
  history: History,
  { deadlineMs, users }: Pick<OptionValues, 'deadlineMs' | 'users'>,
  strategy: string,
): CheckResult {
  const story = readStory(history);
  const saga = sagaOf(story);
  const limit = Number(deadlineMs);
  return {
    findings: [
      servedIsConfirmed(story, limit),
      everyOrderEnds(saga),
      givenUpInTime(story.overdue, limit),
      confirmedHasBoth(story),
      rejectedKeepsNothing(story),
      causes(story, limit),
      effectOnce(saga),
      effectsAsOrdered(story),
      moneyConserved(story),
      stockConserved(story),
      finalStateStays(saga),
      stateChangeHasItsEvent(saga),
      eventHasItsStateChange(saga),
      correlatesWithItsOrder(story.messages, (name) => senderOf({ name })),
      toldAsOrdered(story),
      duplicatesAreRecognisable(story.tales, story.messages, isFact),
      takenIsKept(story),
      unreadableIsRejected(story),
      stopsInOrder(story),
    ],
    coverage: coverage(story, { strategy, users: Number(users) }),
    figures: figures(story),
  };
}
