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
import { exhibits } from './rules/exhibits.js';
import { figures } from './figures.js';
import { booksAreEven, effectsAsOrdered } from './rules/books.js';
import { asksAgain, sparesWhatIsDown } from './rules/breaker.js';
import { coverage } from './rules/coverage.js';
import {
  asksWithAKey,
  knowsItsClients,
  oneOrderAKey,
  refusedIsNotStored,
  refusesRightly,
  retryIsAnswered,
  sameAnswer,
  takenIsKept,
} from './rules/keys.js';
import {
  keepsTheLimit,
  othersAreServed,
  refusesNobodyBelowIt,
  retryAfterIsTrue,
} from './rules/limit.js';
import { metricsTell } from './rules/metrics.js';
import { logsAreJson, requestIdEverywhere } from './rules/observed.js';
import {
  compensatesBackwards,
  confirmedHasThree,
  rejectedHasACause,
  rejectedKeeps,
  servedIsConfirmed,
} from './rules/outcomes.js';
import { clientsContextGoesOn, nothingIsLostAtShutdown, oneGraphAnOrder } from './rules/threads.js';
import { senderOf, toldAsOrdered } from './rules/told.js';
import { staysUndone } from './rules/undone.js';
import { readStory } from './story.js';

type Options = Pick<OptionValues, 'deadlineMs' | 'users' | 'rate' | 'burst' | 'breakerOpenMs'>;

/** Pure: what the four databases, the broker, the outside and the programs tell, against what was asked for. */
export function check(history: History, options: Options, strategy: string): CheckResult {
  const story = readStory(history);
  const deadlineMs = Number(options.deadlineMs);
  const openMs = Number(options.breakerOpenMs);
  const limit = { rate: Number(options.rate), burst: Number(options.burst) };
  const findings = [
    servedIsConfirmed(story, deadlineMs),
    takenIsKept(story),
    effectsAsOrdered(story),
    booksAreEven(story),
    stateChangeHasItsEvent(story),
    eventHasItsStateChange(story),
    toldAsOrdered(story),
    correlatesWithItsOrder(story.messages, senderOf),
    duplicatesAreRecognisable(story.tales, story.messages, isFact),
    everyOrderEnds(story),
    givenUpInTime(
      story.overdue.map(({ address: order, ...one }) => ({ order, ...one })),
      deadlineMs,
    ),
    confirmedHasThree(story),
    rejectedKeeps(story),
    rejectedHasACause(story, deadlineMs),
    compensatesBackwards(story),
    staysUndone(story),
    finalStateStays(story),
    oneOrderAKey(story),
    sameAnswer(story),
    retryIsAnswered(story),
    refusesRightly(story),
    effectOnce(story),
    asksWithAKey(story),
    refusedIsNotStored(story),
    sparesWhatIsDown(story, openMs),
    asksAgain(story, openMs),
    oneGraphAnOrder(story),
    clientsContextGoesOn(story),
    requestIdEverywhere(story),
    logsAreJson(story),
    metricsTell(story),
    nothingIsLostAtShutdown(story),
    keepsTheLimit(story, limit),
    refusesNobodyBelowIt(story, limit),
    retryAfterIsTrue(story, limit),
    othersAreServed(story),
    knowsItsClients(story),
  ];
  return {
    findings,
    coverage: coverage(story, Number(options.users)),
    figures: figures(story),
    exhibits: exhibits(story, findings, strategy),
  };
}
