import { agreeing, counted, type Coverage } from '../../../src/kata/index.js';
import { limitsIn, mostHeld, type Limits, type Policy } from '../contract.js';
import { doneAt, isAccepted, type Story } from '../story.js';
import { longestAside } from './idle.js';
import { mostWhile } from './refusals.js';

/** What has to have happened where two workers and ten places are looked at. */
export function coverageOfPlaces(story: Story, policy: Policy, limits: Limits): Coverage[] {
  const own = limitsIn('places', limits);
  const refuses = policy === 'reject';
  return [
    oneBesideAnother(story),
    allAtOnce(story, own),
    ...(refuses ? [placeFreed(story, policy, own)] : []),
  ];
}

function oneBesideAnother(story: Story): Coverage {
  const [first, second] = story.of('places');
  const left = first && second ? (doneAt(first) - second.end) / 1000 : 0;
  const ms = Number.isFinite(left) ? Math.max(0, Math.round(left)) : 0;
  const wanted = Math.ceil(
    first && second ? longestAside(story, { from: first.start, until: second.end }) : 0,
  );
  return {
    condition: 'one-beside-another',
    met: left > wanted,
    story: {
      en: `one job was accepted ${ms} ms before the other was done (more than ${wanted} are needed)`,
      es: `un trabajo se aceptó ${ms} ms antes de que se hiciera el otro (hacen falta más de ${wanted})`,
    },
  };
}

function allAtOnce(story: Story, own: Limits): Coverage {
  const crowd = story.of('places').slice(2);
  const done = Math.min(Infinity, ...crowd.map(doneAt));
  const together = crowd.filter(({ start }) => start < done).length;
  const wanted = mostHeld(own) + 1;
  return {
    condition: 'all-at-once',
    met: together >= wanted,
    story: {
      en: `${counted.en(together, 'job was', 'jobs were')} sent before the first of them was done (${wanted} are needed)`,
      es: `${agreeing.es(together, 'se envió', 'se enviaron')} ${counted.es(together, 'trabajo', 'trabajos')} antes de que se hiciera el primero de ellos (hacen falta ${wanted})`,
    },
  };
}

function placeFreed(story: Story, policy: Policy, own: Limits): Coverage {
  const last = story.of('places').at(-1);
  const most = last ? mostWhile(last, policy, story, own) : 0;
  const were = last
    ? story.of('places').filter((one) => one !== last && isAccepted(one)).length
    : 0;
  return {
    condition: 'place-freed',
    met: last !== undefined && were > 0 && most < own.limit,
    story: {
      en: `the last one came when at most ${counted.en(most, 'other was', 'others were')} accepted and not done (fewer than ${own.limit} are needed)`,
      es: `el último vino cuando había como mucho ${counted.es(most, 'otro aceptado', 'otros aceptados')} y sin hacer (hacen falta menos de ${own.limit})`,
    },
  };
}
