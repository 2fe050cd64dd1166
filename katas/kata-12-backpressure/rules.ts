import { inHandAtMost, type CheckResult, type History } from '../../src/kata/index.js';
import { policyOf, type Limits } from './contract.js';
import { chartOf, figures } from './figures.js';
import { coverageOf } from './rules/coverage.js';
import { acceptedIsDoneOnce, refusedIsNotDone, toldIsTrue } from './rules/done.js';
import { heldWithinLimit, workersAtOnce } from './rules/held.js';
import { dependencyIsNotIdle } from './rules/idle.js';
import { dropsTheOldest, firstComeFirstDone } from './rules/order.js';
import { answersAtOnce, refusesOnlyWhenFull, waitsBeforeItRefuses } from './rules/refusals.js';
import { recovers } from './rules/recovers.js';
import { retryAfterIsHonest } from './rules/retry-after.js';
import { readStory } from './story.js';

/** Pure: what was sent, what came back and when, and what came to the dependency. */
export function check(history: History, limits: Limits, strategy: string): CheckResult {
  const story = readStory(history, limits);
  const policy = policyOf(strategy, limits);
  const isHttp = limits.way === 'http';
  const ofAll = [
    heldWithinLimit(story, limits),
    workersAtOnce(story, limits),
    acceptedIsDoneOnce(story, strategy, limits),
    refusedIsNotDone(story),
    refusesOnlyWhenFull(story, strategy, limits),
    dependencyIsNotIdle(story, limits),
    firstComeFirstDone(story, limits),
    recovers(story, limits),
  ];
  const ofHttp = [
    answersAtOnce(story, strategy, limits),
    toldIsTrue(story),
    retryAfterIsHonest(story, strategy, limits),
  ];
  return {
    findings: [
      ...ofAll,
      ...(isHttp ? ofHttp : [inHandAtMost(history, limits.workers)]),
      ...(policy === 'block' ? [waitsBeforeItRefuses(story, limits)] : []),
      ...(policy === 'drop-oldest' ? [dropsTheOldest(story, limits)] : []),
    ],
    coverage: coverageOf(story, strategy, limits),
    figures: figures(story, limits),
    ...chartOf(story),
  };
}
