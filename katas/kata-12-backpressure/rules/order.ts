import {
  counted,
  finding,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { limitsIn, scenes, type Limits, type Scene } from '../contract.js';
import { calledAt, isAccepted, isDropped, isRefused, type Job, type Story } from '../story.js';

/**
 * The time in a queue that is served in turn obeys limit × service time / workers. Counted in jobs it is
 * exact on every machine: those that were before it, and those that the workers took beside it.
 */
export function firstComeFirstDone(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'Nobody waits longer than the queue takes: what was accepted first is done first.',
    es: 'Nadie espera más de lo que dura la cola: lo que se aceptó antes se hace antes.',
  };
  for (const scene of scenes) {
    const { limit, workers } = limitsIn(scene, limits);
    const most = limit + 2 * workers;
    const jobs = story.of(scene);
    const calls = jobs
      .map(calledAt)
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    const worst = jobs
      .filter((one) => isAccepted(one) && Number.isFinite(calledAt(one)))
      .map((job) => ({ job, before: between(calls, job.end, calledAt(job)) }))
      .reduce<{ job: Job; before: number } | undefined>(
        (found, one) => (found && found.before >= one.before ? found : one),
        undefined,
      );
    if (!worst || worst.before <= most) continue;
    const { job, before } = worst;
    return finding('first-come-first-done', rule, {
      story: {
        en: `${job.id} was accepted (history line ${job.line}), and ${counted.en(before, 'other', 'others')} came to the dependency before it did; a queue of ${limit} and ${workers} workers let at most ${most} through meanwhile.`,
        es: `${job.id} se aceptó (línea ${job.line} del historial), y ${counted.es(before, 'otro llegó', 'otros llegaron')} a la dependencia antes que él; una cola de ${limit} y ${workers} workers dejan pasar entretanto ${most} como mucho.`,
      },
      lines: [job.line, ...job.calls.map(({ line }) => line)],
    });
  }
  return finding('first-come-first-done', rule, undefined);
}

/** How many of the sorted moments lie between two others. */
function between(sorted: readonly number[], from: number, until: number): number {
  return Math.max(0, below(sorted, until) - below(sorted, from + 1));
}

function below(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whoever is dropped has a whole queue of newer ones behind it. */
export function dropsTheOldest(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'What is dropped had waited longest, and only where the queue was full: one for each that comes.',
    es: 'Lo que se tira era lo que más había esperado, y solo con la cola llena: uno por cada uno que llega.',
  };
  for (const scene of scenes) {
    const { limit } = limitsIn(scene, limits);
    const jobs = story.of(scene);
    for (const job of jobs.filter((one) => isAccepted(one) && isDropped(one))) {
      const newer = mostNewer(job, jobs);
      if (newer >= limit) continue;
      return finding('drops-the-oldest', rule, {
        story: {
          en: `${job.id} was dropped, and at most ${counted.en(newer, 'other', 'others')} can have waited behind it at once; it takes ${limit} to push it out.`,
          es: `${job.id} se tiró, y detrás de él pudo haber en espera a la vez como mucho ${counted.es(newer, 'otro', 'otros')}; para echarlo hacen falta ${limit}.`,
        },
        lines: [job.line, ...job.deadLetters, ...job.words.map(({ line }) => line)],
      });
    }
  }
  const tooMany = (['places', 'room'] as const).map((scene) =>
    dropsTooMany(story, scene, limitsIn(scene, limits)),
  );
  return finding(
    'drops-the-oldest',
    rule,
    tooMany.find((one) => one !== undefined),
  );
}

/**
 * As many as there are workers were in hand, and the others came then: whatever was dropped, a whole queue
 * was left. Whoever was done meanwhile only left more room.
 */
function dropsTooMany(story: Story, scene: Scene, { limit, workers }: Limits): Witness | undefined {
  const jobs = story.of(scene).filter(isAccepted);
  const crowd = story.of(scene, 'crowd').map(({ start }) => start);
  const [first, last] = [Math.min(Infinity, ...crowd), Math.max(0, ...crowd)];
  const before = jobs.filter((one) => calledAt(one) < first);
  const others = jobs.filter((one) => calledAt(one) >= first && one.start <= last);
  const dropped = others.filter(isDropped);
  const left = others.length - dropped.length;
  if (before.length < workers || dropped.length === 0 || left >= limit) return undefined;
  return {
    story: {
      en: `${workers} jobs were in hand when more came; of the ${others.length} that then waited or came ${dropped.length} were dropped, so that only ${left} were left; the queue holds ${limit} (${scene}).`,
      es: `había ${workers} trabajos entre manos cuando llegaron más; de los ${others.length} que entonces esperaban o llegaron se tiraron ${dropped.length}, así que solo quedaron ${left}; en la cola caben ${limit} (${scene}).`,
    },
    lines: dropped.map(({ line }) => line).slice(-20),
  };
}

/** How many at most waited at one moment that can have been accepted after it. */
function mostNewer(dropped: Job, jobs: readonly Job[]): number {
  const edges = jobs
    .filter((one) => one !== dropped && !isRefused(one) && one.end > dropped.start)
    .flatMap((one) => [
      { at: one.start, by: 1 },
      { at: calledAt(one), by: -1 },
    ])
    .sort((a, b) => a.at - b.at || b.by - a.by);
  let [now, most] = [0, 0];
  for (const { by } of edges) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}
