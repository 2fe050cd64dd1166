import type { CheckResult, Finding, History } from '../../src/kata/index.js';
import {
  hasBulkheads,
  hasDeadlines,
  hasLimit,
  hasShedding,
  mustRecover,
  mustSurvive,
  type Limits,
} from './contract.js';
import { figures } from './figures.js';
import { answersAreTrue, knowsItsClients } from './rules/answers.js';
import { coverageOf } from './rules/coverage.js';
import { deadlineIsHandedOn, noCallForWhoHasGone } from './rules/deadlines.js';
import {
  clientsKeepTheirLimit,
  noClientIsRefusedBelowIt,
  othersAreServed,
  retryAfterIsTrue,
} from './rules/limit.js';
import {
  answersInBoundedTime,
  checkoutsKeepTheirPace,
  dependencyIsNotIdle,
  healthyRouteKeepsItsPace,
  quietDaysAreQuiet,
  recovers,
  refusalsAreQuick,
  shedsRecommendationsFirst,
} from './rules/pace.js';
import { readStory, type Story } from './story.js';

/** Pure: what came to the services, and what the clients got and when. */
export function check(history: History, limits: Limits, strategy: string): CheckResult {
  const story = readStory(history);
  return {
    findings: findingsOf(story, limits, strategy),
    coverage: coverageOf(story, strategy, limits),
    figures: figures(story, limits),
  };
}

function findingsOf(story: Story, limits: Limits, strategy: string): Finding[] {
  const survived = (['hang', 'overload', 'spike'] as const).filter((scene) =>
    scene === 'spike' ? mustRecover(strategy) : mustSurvive(strategy, scene),
  );
  const refuses = [hasBulkheads, hasLimit, hasShedding].some((has) => has(strategy));
  return [
    answersAreTrue(story),
    knowsItsClients(story),
    quietDaysAreQuiet(story),
    ...(survived.length > 0 ? [recovers(story, survived)] : []),
    ...(refuses ? [refusalsAreQuick(story)] : []),
    ...(hasDeadlines(strategy)
      ? [deadlineIsHandedOn(story), noCallForWhoHasGone(story), answersInBoundedTime(story)]
      : []),
    ...(hasBulkheads(strategy) ? [healthyRouteKeepsItsPace(story)] : []),
    ...(hasLimit(strategy)
      ? [
          clientsKeepTheirLimit(story, limits),
          noClientIsRefusedBelowIt(story, limits),
          retryAfterIsTrue(story, limits),
          othersAreServed(story),
        ]
      : []),
    ...(hasShedding(strategy)
      ? [
          checkoutsKeepTheirPace(story),
          shedsRecommendationsFirst(story),
          dependencyIsNotIdle(story, limits),
        ]
      : []),
  ];
}
