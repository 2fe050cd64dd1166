import { undecided, withinTolerance, type Finding, type Text } from '../../../src/kata/index.js';
import { limitsIn, slowerMs, type Limits } from '../contract.js';
import {
  confirmsMs,
  dependencyLateMs,
  isAccepted,
  meanOf,
  shown,
  sojournMs,
  type Job,
  type Span,
  type Story,
} from '../story.js';

/** Half of the jobs, so that no pause decides. */
export function recovers(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: `After the overload a job takes as long as before: half of them at most ${slowerMs} ms longer.`,
    es: `Tras la sobrecarga un trabajo tarda lo mismo que antes: la mitad, ${slowerMs} ms más como mucho.`,
  };
  const [before, after] = (['before', 'after'] as const).map((phase) =>
    middleOf(story.of('overload', phase).filter(isAccepted)),
  );
  const [was, is] = [before, after].map((one) => (one ? sojournMs(one) : 0)) as [number, number];
  const span = story.phase('after');
  const kept = keptUpOf(story, limits);
  // Beside what a job takes at least: nothing that was late before the overload makes up for anything.
  const { serviceMs } = limitsIn('overload', limits);
  const isSmall = after && is - serviceMs <= slowerMs;
  const margin = {
    what: { en: 'longer than before', es: 'más que antes' },
    value: before && after ? Math.min(100_000, Math.max(0, is - was)) : 0,
    limit: slowerMs,
    unit: 'ms',
    ...(span && !isSmall && { resolution: afterwards(story, serviceMs, span) }),
  };
  if (margin.value > slowerMs && kept.isLate) return undecided('recovers', rule, kept.story);
  return withinTolerance('recovers', rule, margin, () => ({
    story: {
      en: `before the overload half of the jobs were done within ${shown(was)} ms; once a queue of ${limits.limit} would have been worked off, half of those sent then took ${shown(is)} ms or longer, such as ${after?.id}.`,
      es: `antes de la sobrecarga la mitad de los trabajos se hacía en ${shown(was)} ms; cuando una cola de ${limits.limit} ya se habría vaciado, la mitad de los enviados entonces tardó ${shown(is)} ms o más, como ${after?.id}.`,
    },
    lines: after ? [after.line, ...after.calls.map(({ line }) => line)] : [],
  }));
}

/** Whether the lab's own dependency took so long that a full queue was not worked off in the pause. */
export function keptUpOf(story: Story, limits: Limits): { isLate: boolean; story: Text } {
  const { serviceMs } = limitsIn('overload', limits);
  const most = serviceMs / 2;
  const mean = dependencyLateMs(story.of('overload'), serviceMs);
  return {
    isLate: mean > most,
    story: {
      en: `answers of the lab's dependency came ${Math.round(mean)} ms later than planned on average (${most} ms are allowed)`,
      es: `las respuestas de la dependencia del laboratorio llegaron de media ${Math.round(mean)} ms más tarde de lo previsto (se permiten ${most} ms)`,
    },
  };
}

const afterwards = (story: Story, serviceMs: number, { from, until }: Span): number =>
  2 * story.pulses('overload').meanWithin(from, until) +
  2 * meanOf(confirmsMs(story, 'overload', { from, until })) +
  dependencyLateMs(story.of('overload', 'after'), serviceMs);

function middleOf(jobs: readonly Job[]): Job | undefined {
  return [...jobs].sort((a, b) => sojournMs(a) - sojournMs(b))[Math.floor((jobs.length - 1) / 2)];
}
