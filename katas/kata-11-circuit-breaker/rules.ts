import { undecided, type CheckResult, type Finding, type History } from '../../src/kata/index.js';
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
import { readStory, type Story } from './story.js';

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
    findings: (hasBreaker(strategy) ? [...ofAll, ...ofBreakers] : ofAll).map((one) =>
      unlessSeenLate(story, one),
    ),
    coverage: coverageOf(story, strategy, limits),
    figures: figures(story),
    ...(tracks && { tracks }),
  };
}

/** Whoever is convicted by when a call came is not convicted by one that the lab itself saw late. */
function unlessSeenLate({ blurred }: Story, finding: Finding): Finding {
  if (!finding.witness?.lines.some((line) => blurred.has(line))) return finding;
  return undecided(finding.invariant, finding.rule, {
    en: 'calls waited until the lab’s own dependency saw them: when they were made nobody knows',
    es: 'las llamadas esperaron hasta que la dependencia del propio laboratorio las vio: nadie sabe cuándo se hicieron',
  });
}
