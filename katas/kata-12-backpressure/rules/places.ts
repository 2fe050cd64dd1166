import { agreeing, counted, type Coverage } from '../../../src/kata/index.js';
import { crowd, limitsIn, mostHeld, type Limits, type Policy } from '../contract.js';
import { doneAt, type Job, type Story } from '../story.js';
import { longestAside } from './idle.js';
import { mostWhile } from './refusals.js';

/** What has to have happened where two workers and ten places are looked at. */
export function coverageOfPlaces(story: Story, policy: Policy, limits: Limits): Coverage[] {
  const own = limitsIn('places', limits);
  const refuses = policy === 'reject';
  return [
    oneBesideAnother(story),
    allAtOnce(story, policy, own),
    ...(refuses ? [placeFreed(story, policy, own)] : []),
  ];
}

/** The pair of which most is certain: it is sent again where this machine was late. */
function oneBesideAnother(story: Story): Coverage {
  const { left, wanted } = pairsOf(story.of('places', 'pair'))
    .map(([first, second]) => ({
      left: (doneAt(first) - second.end) / 1000,
      wanted: longestAside(story, { from: first.start, until: second.end }),
    }))
    .filter((one) => Number.isFinite(one.left))
    .reduce((best, one) => (one.left - one.wanted > best.left - best.wanted ? one : best), {
      left: 0,
      wanted: longestAside(story, { from: 0, until: 0 }),
    });
  const [ms, least] = [Math.max(0, Math.floor(left)), Math.ceil(wanted)];
  return {
    condition: 'one-beside-another',
    met: left > wanted,
    story: {
      en: `one job was accepted ${ms} ms before the other was done (more than ${least} are needed)`,
      es: `un trabajo se aceptó ${ms} ms antes de que se hiciera el otro (hacen falta más de ${least})`,
    },
  };
}

const pairsOf = (jobs: readonly Job[]): (readonly [Job, Job])[] =>
  jobs.flatMap((first, n) => {
    const second = jobs[n + 1];
    return n % 2 === 0 && second ? [[first, second] as const] : [];
  });

function allAtOnce(story: Story, policy: Policy, own: Limits): Coverage {
  const some = [...story.of('places', 'hand'), ...story.of('places', 'crowd')];
  const done = Math.min(Infinity, ...some.map(doneAt));
  const together = some.filter(({ start }) => start < done).length;
  // Only if all came while both workers were busy, it is certain how many have to be dropped.
  const wanted = policy === 'drop-oldest' ? own.workers + crowd : mostHeld(own) + 1;
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
  const late = story.of('places', 'late');
  const most = Math.min(mostHeld(own), ...late.map((one) => mostWhile(one, policy, story, own)));
  return {
    condition: 'place-freed',
    met: late.length > 0 && most < own.limit,
    story: {
      en: `one job came when at most ${counted.en(most, 'other was', 'others were')} accepted and not done (fewer than ${own.limit} are needed)`,
      es: `un trabajo vino cuando había como mucho ${counted.es(most, 'otro aceptado', 'otros aceptados')} y sin hacer (hacen falta menos de ${own.limit})`,
    },
  };
}
