import type { CheckResult, History } from '../../src/kata/index.js';
import { hasBreaker, type Limits } from './contract.js';
import { figures } from './figures.js';
import { outageTracks } from './figures/tracks.js';
import {
  answersInBoundedTime,
  quotesAreTrue,
  rejectionsAreQuick,
  retryAfterIsHonest,
} from './rules/answers.js';
import { callsAreBounded } from './rules/calls.js';
import { coverageOf } from './rules/coverage.js';
import { asksAgainWhenDue } from './rules/due.js';
import { closesAfterGoodProbes, halfOpenLetsFewThrough } from './rules/half-open.js';
import { lateAnswersChangeNothing } from './rules/late.js';
import { failedProbeReopens, openIsQuiet } from './rules/open.js';
import { opensWhenFailing, slowCallsCount } from './rules/opens.js';
import {
  clientErrorsOpenNothing,
  fewCallsOpenNothing,
  healthyIsLetThrough,
  neighboursAreApart,
} from './rules/quiet.js';
import { recovers } from './rules/recovers.js';
import { readStory } from './story.js';

/** Pure: what came to the dependency, and what the clients got and when. */
export function check(history: History, limits: Limits, strategy: string): CheckResult {
  const story = readStory(history);
  const tracks = outageTracks(story, limits, strategy);
  const ofAll = [
    answersInBoundedTime(story, limits),
    callsAreBounded(story),
    opensWhenFailing(story, limits),
    recovers(story, limits),
    quotesAreTrue(story, limits),
  ];
  const ofBreakers = [
    healthyIsLetThrough(story, limits),
    fewCallsOpenNothing(story, limits),
    clientErrorsOpenNothing(story, limits),
    neighboursAreApart(story, limits),
    slowCallsCount(story, limits),
    openIsQuiet(story, limits),
    asksAgainWhenDue(story, limits),
    rejectionsAreQuick(story),
    retryAfterIsHonest(story, limits),
    lateAnswersChangeNothing(story, limits),
    halfOpenLetsFewThrough(story, limits),
    failedProbeReopens(story, limits),
    closesAfterGoodProbes(story, limits),
  ];
  return {
    findings: hasBreaker(strategy) ? [...ofAll, ...ofBreakers] : ofAll,
    coverage: coverageOf(story, strategy, limits),
    figures: figures(story),
    ...(tracks && { tracks }),
  };
}
