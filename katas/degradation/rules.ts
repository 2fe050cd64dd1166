import type { CheckResult, Finding, History } from '../../src/kata/index.js';
import {
  hasBulkheads,
  hasDeadlines,
  hasLimit,
  hasShedding,
  mustRecover,
  mustSurvive,
  scenes,
  type Limits,
  type Scene,
} from './contract.js';
import { figures } from './figures.js';
import { spikeTracks } from './figures/tracks.js';
import { answersAreTrue, knowsItsClients } from './rules/answers.js';
import { coverageOf } from './rules/coverage.js';
import { deadlineIsHandedOn, noCallForWhoHasGone } from './rules/deadlines.js';
import { unlessLabWasLate } from './rules/lateness.js';
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
import { refusalsSayWhen } from './rules/refusals.js';
import { readStory, type Story } from './story.js';

/** Pure: what came to the services, and what the clients got and when. */
export function check(history: History, limits: Limits, strategy: string): CheckResult {
  const story = readStory(history);
  const tracks = spikeTracks(story);
  return {
    findings: findingsOf(story, limits, strategy),
    coverage: coverageOf(story, strategy, limits),
    figures: figures(story, limits),
    ...(tracks && { tracks }),
  };
}

function findingsOf(story: Story, limits: Limits, strategy: string): Finding[] {
  const survived = (['hang', 'overload', 'spike'] as const).filter((scene) =>
    scene === 'spike' ? mustRecover(strategy) : mustSurvive(strategy, scene),
  );
  const refuses = [hasBulkheads, hasLimit, hasShedding].some((has) => has(strategy));
  /** Of rules about time, and of the acts that each looks at. */
  const timed = (finding: Finding, ...of: readonly Scene[]): Finding =>
    unlessLabWasLate(story, of, finding);
  return [
    answersAreTrue(story, limits),
    knowsItsClients(story),
    timed(quietDaysAreQuiet(story), ...scenes),
    ...(survived.length > 0 ? [recovers(story, survived)] : []),
    ...(refuses ? [timed(refusalsAreQuick(story), ...scenes), refusalsSayWhen(story)] : []),
    ...(hasDeadlines(strategy)
      ? [
          deadlineIsHandedOn(story),
          timed(noCallForWhoHasGone(story), ...scenes),
          timed(answersInBoundedTime(story), 'hang'),
        ]
      : []),
    ...(hasBulkheads(strategy) ? [timed(healthyRouteKeepsItsPace(story), 'hang')] : []),
    ...(hasLimit(strategy)
      ? [
          clientsKeepTheirLimit(story, limits),
          noClientIsRefusedBelowIt(story, limits),
          retryAfterIsTrue(story, limits),
          timed(othersAreServed(story), 'flood'),
        ]
      : []),
    ...(hasShedding(strategy)
      ? [
          checkoutsKeepTheirPace(story),
          shedsRecommendationsFirst(story),
          dependencyIsNotIdle(story, limits),
        ].map((finding) => timed(finding, 'overload'))
      : []),
  ];
}
