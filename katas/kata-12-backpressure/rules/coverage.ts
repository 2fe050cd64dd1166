import { agreeing, counted, pulseBeat, type Coverage } from '../../../src/kata/index.js';
import {
  capacity,
  manyShort,
  overloadMs,
  overloadRate,
  policyOf,
  type Limits,
} from '../contract.js';
import { doneAt, isAccepted, type Story } from '../story.js';
import { keptUpOf } from './recovers.js';
import { coverageOfPlaces } from './places.js';

/** Of the jobs that were to be sent. */
const enough = 0.6;

export function coverageOf(story: Story, strategy: string, limits: Limits): Coverage[] {
  const policy = policyOf(strategy, limits);
  const always = [
    overloaded(story, limits),
    pulseBeat(story.pulses('overload').beats),
    keptUp(story, limits),
  ];
  if (policy === 'unbounded') return always;
  const isHttp = limits.way === 'http';
  const returns = isHttp && policy !== 'drop-oldest';
  return [
    ...always,
    roomFilled(story, limits),
    ...coverageOfPlaces(story, policy, limits),
    ...(isHttp ? [shortJobs(story)] : []),
    ...(returns ? [clientCameBack(story)] : []),
    stoppedWithWork(story),
  ];
}

function overloaded(story: Story, limits: Limits): Coverage {
  const sent = story.of('overload', 'overload');
  const [first, last] = [sent[0], sent.at(-1)];
  const seconds = first && last ? (last.start - first.start) / 1_000_000 : 0;
  const rate = seconds > 0 ? Math.round(sent.length / seconds) : 0;
  const wanted = Math.floor((enough * overloadMs(limits) * overloadRate(limits)) / 1000);
  const least = Math.round(2 * capacity(limits));
  return {
    condition: 'overloaded',
    met: sent.length >= wanted && rate >= least,
    story: {
      en: `${counted.en(sent.length, 'job was', 'jobs were')} sent in the overload, ${rate} a second (${wanted} are needed, and ${least} a second)`,
      es: `${agreeing.es(sent.length, 'se envió', 'se enviaron')} ${counted.es(sent.length, 'trabajo', 'trabajos')} en la sobrecarga, ${rate} por segundo (hacen falta ${wanted}, y ${least} por segundo)`,
    },
  };
}

/** A dependency that is slower than planned by its own fault does less: the queue is not worked off in time. */
function keptUp(story: Story, limits: Limits): Coverage {
  const { isLate, story: how } = keptUpOf(story, limits);
  return { condition: 'dependency-kept-up', met: !isLate, story: how };
}

function roomFilled(story: Story, { limit }: Limits): Coverage {
  const jobs = story.of('room');
  const done = Math.min(Infinity, ...jobs.map(doneAt));
  const together = jobs.filter(({ start }) => start < done).length;
  return {
    condition: 'room-filled',
    met: together >= limit,
    story: {
      en: `${counted.en(together, 'job was', 'jobs were')} sent before the first was done (${limit} are needed)`,
      es: `${agreeing.es(together, 'se envió', 'se enviaron')} ${counted.es(together, 'trabajo', 'trabajos')} antes de que se hiciera el primero (hacen falta ${limit})`,
    },
  };
}

function shortJobs(story: Story): Coverage {
  const accepted = story.of('short').filter(isAccepted).length;
  return {
    condition: 'short-jobs',
    met: accepted >= manyShort,
    story: {
      en: `${counted.en(accepted, 'short job was', 'short jobs were')} accepted (${manyShort} are needed)`,
      es: `${agreeing.es(accepted, 'se aceptó', 'se aceptaron')} ${counted.es(accepted, 'trabajo corto', 'trabajos cortos')} (hacen falta ${manyShort})`,
    },
  };
}

function clientCameBack(story: Story): Coverage {
  const { returns } = story;
  const ids = new Set(story.of('retry-after').map(({ id }) => id));
  const back = returns.filter(({ again }) => ids.has(again)).length;
  return {
    condition: 'client-came-back',
    met: back > 0,
    story: {
      en: `${counted.en(back, 'client that had been refused came', 'clients that had been refused came')} back when it was told to (1 is needed)`,
      es: `${agreeing.es(back, 'volvió', 'volvieron')} ${counted.es(back, 'cliente rechazado', 'clientes rechazados')} cuando se le dijo (hace falta 1)`,
    },
  };
}

function stoppedWithWork(story: Story): Coverage {
  const { stopping } = story;
  const left = story
    .of('shutdown')
    .filter((one) => isAccepted(one) && stopping !== undefined && doneAt(one) > stopping.at).length;
  return {
    condition: 'stopped-with-work',
    met: left > 0,
    story: {
      en: `${counted.en(left, 'job was', 'jobs were')} accepted and not done at SIGTERM (1 is needed)`,
      es: `${agreeing.es(left, 'había', 'había')} ${counted.es(left, 'trabajo aceptado', 'trabajos aceptados')} y sin hacer con el SIGTERM (hace falta 1)`,
    },
  };
}
