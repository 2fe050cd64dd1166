import {
  settlesOnce,
  type BrokerKind,
  type CheckResult,
  type History,
} from '../../src/kata/index.js';
import { attempts, isPoison } from './contract.js';
import { confirmsBeforeAck } from './rules/acks.js';
import { callsAsAsked, goodDoneOnce, threeAttempts } from './rules/attempts.js';
import { coverageOf } from './rules/coverage.js';
import { finishes, isLost, noneLost } from './rules/ends.js';
import { bodyKept, onlyPoisonDead, poisonInDlqOnce } from './rules/letters.js';
import { copiesOutliveRestart } from './rules/copies.js';
import { othersMoveOn } from './rules/others.js';
import { prefetchKept } from './rules/in-hand.js';
import { reasonTold } from './rules/reasons.js';
import { settledOnSigterm } from './rules/sigterm.js';
import { triedAgainInTime } from './rules/waits.js';
import { readStory, type Call, type Told } from './story.js';

interface Options {
  readonly broker: BrokerKind;
  readonly prefetch: number;
}

/** Pure: what was published, what the warehouse was asked, and what lies among the dead letters. */
export function check(history: History, options: Options): CheckResult {
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
      copiesOutliveRestart(history, story),
      othersMoveOn(story),
      triedAgainInTime(story),
      callsAsAsked(story),
      settlesOnce(story.settlements),
      settledOnSigterm(history, story),
      prefetchKept(history, story, options),
      finishes(story),
    ],
    coverage: coverageOf(story, options.broker),
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
