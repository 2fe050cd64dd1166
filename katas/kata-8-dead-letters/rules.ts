import {
  settlesOnce,
  type BrokerKind,
  type CheckResult,
  type History,
} from '../../src/kata/index.js';
import { attempts, isPoison } from './contract.js';
import { callsAsAsked, goodDoneOnce, othersMoveOn, threeAttempts } from './rules/attempts.js';
import { coverageOf } from './rules/coverage.js';
import { confirmsBeforeAck, finishes, isLost, noneLost } from './rules/ends.js';
import { bodyKept, onlyPoisonDead, poisonInDlqOnce, reasonTold } from './rules/letters.js';
import { readStory, type Call, type Told } from './story.js';

/** Pure: what was published, what the warehouse was asked, and what lies among the dead letters. */
export function check(history: History, { broker }: { readonly broker: BrokerKind }): CheckResult {
  const story = readStory(history);
  const poison = story.messages.filter(isPoison);
  return {
    findings: [
      goodDoneOnce(story),
      poisonInDlqOnce(story),
      onlyPoisonDead(story),
      threeAttempts(story),
      reasonTold(story),
      bodyKept(story),
      noneLost(story),
      confirmsBeforeAck(story),
      othersMoveOn(story),
      callsAsAsked(story),
      settlesOnce(story.settlements),
      finishes(story),
    ],
    coverage: coverageOf(story, broker),
    figures: {
      good: story.messages.length - poison.length,
      poison: poison.length,
      dead: story.messages.reduce((sum, { dead }) => sum + dead.length, story.strayLetters.length),
      lost: story.messages.filter(isLost).length,
      attempts: Math.max(0, ...poison.map(({ calls }) => calls.length)),
      loopRate: loopRateOf(story.messages),
    },
  };
}

/** Calls a second after the last attempt that there should have been; 0 where there were none. */
function loopRateOf(messages: readonly Told[]): number {
  const beyond = messages
    .filter(isPoison)
    .flatMap(({ calls }) => calls.slice(attempts))
    .map(({ at }: Call) => at);
  if (beyond.length < 2) return 0;
  const tookUs = Math.max(...beyond) - Math.min(...beyond);
  return tookUs === 0 ? 0 : Math.round(((beyond.length - 1) * 1e6) / tookUs);
}
