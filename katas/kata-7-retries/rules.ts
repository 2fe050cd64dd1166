import {
  noted,
  settlesOnce,
  type CheckResult,
  type History,
  type Settled,
} from '../../src/kata/index.js';
import type { Limits } from './contract.js';
import { figures } from './figures.js';
import { stormOf } from './figures/storm.js';
import { acksWhatIsSafe } from './rules/acks.js';
import { coverageOf } from './rules/coverage.js';
import { callsAsTold, doneOnce, finishes, noneLost, triesToTheLimit } from './rules/ends.js';
import { healthyOnceItConsumes } from './rules/healthy.js';
import { keepsTheMessage } from './rules/keeps.js';
import { othersMoveOn, outageSurvived } from './rules/moves.js';
import { waitsAsTold } from './rules/waits.js';
import { neverStandsStill } from './rules/stands.js';
import { readStory } from './story.js';

/** Pure: what was published, each attempt as the dependency saw it, and what was given up. */
export function check(history: History, limits: Limits, strategy: string): CheckResult {
  const story = readStory(history);
  const chart = stormOf(story, limits);
  return {
    findings: [
      noneLost(story, limits),
      doneOnce(story),
      triesToTheLimit(story, limits),
      outageSurvived(story, limits),
      waitsAsTold(story, strategy, limits),
      othersMoveOn(story, limits),
      acksWhatIsSafe(story),
      callsAsTold(story),
      keepsTheMessage(story),
      settlesOnce(noted<Settled>(history, 'amqp-settled')),
      healthyOnceItConsumes(story),
      neverStandsStill(story),
      finishes(story),
    ],
    coverage: coverageOf(story, strategy, limits),
    figures: figures(story),
    ...(chart && { chart }),
  };
}
