import { finding, undecided, type Finding, type Text } from '../../../src/kata/index.js';
import { limitsIn, longestRetry, policyOf, type Limits } from '../contract.js';
import { isRefused, shown, tookMs, type Job, type Story } from '../story.js';
import { mostWhile } from './refusals.js';

const name = 'retry-after-is-honest';
/** So much longer than planned may a job have taken, milliseconds, and the estimate still be wrong. */
const lateMs = 250;

const rule: Text = {
  en: 'Retry-After is honest: a client alone that comes back then finds a place, and it is no longer than it takes to do all.',
  es: 'Retry-After es sincero: un cliente solo que vuelve entonces encuentra sitio, y no es más de lo que se tarda en hacerlo todo.',
};

export function retryAfterIsHonest(story: Story, strategy: string, limits: Limits): Finding {
  const long = story.jobs.find(
    (one) => isRefused(one) && (one.retryAfter ?? 0) > longestRetry(limitsIn(one.scene, limits)),
  );
  if (long) return finding(name, rule, tooLong(long, limits));
  for (const { again: id, refused, seconds, line } of story.returns) {
    const again = story.jobs.find((one) => one.id === id);
    if (!again || !isRefused(again)) continue;
    const lines = [line, again.line];
    const witness = {
      story: {
        en: `${refused} was refused with Retry-After: ${seconds}; its client came back after ${seconds} s, nobody else had come meanwhile, and it was refused again (history line ${again.line}).`,
        es: `${refused} se rechazó con Retry-After: ${seconds}; su cliente volvió a los ${seconds} s, no había venido nadie más, y se le rechazó otra vez (línea ${again.line} del historial).`,
      },
      lines,
    };
    if (again.scene !== 'retry-after') {
      // Others come then, at half of what can be done: there is room for certain, or nothing is said.
      const own = limitsIn(again.scene, limits);
      if (mostWhile(again, policyOf(strategy, limits), story, own) < own.limit)
        return finding(name, rule, witness);
      continue;
    }
    const waitsMs = policyOf(strategy, limits) === 'block' ? limits.waitMs : 0;
    const slowest = slowestMs(story.of('retry-after'));
    const { serviceMs } = limitsIn('retry-after', limits);
    if (slowest > serviceMs + lateMs) return undecided(name, rule, tooSlow(slowest, serviceMs));
    if (tookMs(again) - waitsMs > lateMs / 2) return undecided(name, rule, lateItself(again));
    return finding(name, rule, witness);
  }
  return finding(name, rule, undefined);
}

function tooLong({ id, scene, retryAfter, line }: Job, limits: Limits) {
  const most = longestRetry(limitsIn(scene, limits));
  return {
    story: {
      en: `${id} was refused with Retry-After: ${retryAfter} (history line ${line}); all that can have been accepted is done in less than ${most} s.`,
      es: `${id} se rechazó con Retry-After: ${retryAfter} (línea ${line} del historial); todo lo que puede haberse aceptado se hace en menos de ${most} s.`,
    },
    lines: [line],
  };
}

const slowestMs = (jobs: readonly Job[]): number =>
  Math.max(
    0,
    ...jobs.flatMap(({ calls }) =>
      calls.filter(({ end }) => Number.isFinite(end)).map(({ at, end }) => (end - at) / 1000),
    ),
  );

const tooSlow = (ms: number, planned: number): Text => ({
  en: `a job took ${shown(ms)} ms at the lab's own dependency, and ${planned} were planned`,
  es: `un trabajo tardó ${shown(ms)} ms en la dependencia del laboratorio, y se preveían ${planned}`,
});

const lateItself = ({ id, start, end }: Job): Text => ({
  en: `the answer to ${id} took ${shown(tookMs({ start, end }))} ms with all that this machine did`,
  es: `la respuesta a ${id} tardó ${shown(tookMs({ start, end }))} ms con todo lo que hizo esta máquina`,
});
