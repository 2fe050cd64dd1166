import type { Chart } from '../../src/kata/index.js';
import { deadlineMs, type Limits } from './contract.js';
import {
  doneAt,
  heldOver,
  isAccepted,
  isDropped,
  isRefused,
  mostOf,
  type Job,
  type Span,
  type Step,
  type Story,
} from './story.js';

/** Of the overload, which all strategies go through. */
export function figures(story: Story, limits: Limits): Readonly<Record<string, number>> {
  const all = story.of('overload', 'overload');
  const span = story.phase('overload');
  if (!span || all.length === 0) return {};
  const percent = (some: number): number => Math.round((100 * some) / all.length);
  const inTime = all.filter(
    (one) => doneAt(one) <= span.until && doneAt(one) - one.end <= 1000 * deadlineMs(limits),
  ).length;
  const seconds = (span.until - span.from) / 1_000_000;
  return {
    most: mostOf(heldOver(story.of('overload')))?.held ?? 0,
    refused: percent(all.filter(isRefused).length),
    dropped: percent(all.filter((one) => isAccepted(one) && isDropped(one)).length),
    goodput: Math.round(inTime / seconds),
    ...little(story.of('overload'), span),
  };
}

/**
 * Little's law, L = λ·W, on the second half of the overload, in which a bounded queue is full: the
 * measured W beside L/λ. A queue that grows has no such balance, and the two differ.
 */
function little(jobs: readonly Job[], { from, until }: Span): Readonly<Record<string, number>> {
  const half = { from: (from + until) / 2, until };
  const done = jobs.filter((one) => doneAt(one) >= half.from && doneAt(one) < half.until);
  if (done.length === 0) return {};
  const perMs = done.length / ((half.until - half.from) / 1000);
  const w = done.reduce((sum, one) => sum + (doneAt(one) - one.end) / 1000, 0) / done.length;
  return { tookMs: Math.round(w), littleMs: Math.round(meanHeld(heldOver(jobs), half) / perMs) };
}

function meanHeld(steps: readonly Step[], { from, until }: Span): number {
  let [sum, held, before] = [0, 0, from];
  for (const step of steps) {
    const at = Math.min(until, Math.max(from, step.at));
    sum += held * (at - before);
    [held, before] = [step.held, at];
  }
  return (sum + held * (until - before)) / (until - from);
}

const stepMs = 250;

/** The queue over time, as it stands at the end of each step. */
export function chartOf(story: Story): { readonly chart?: Chart } {
  const [first] = story.of('overload');
  const span = story.phase('overload');
  if (!first || !span) return {};
  const steps = heldOver(story.of('overload'));
  const stepOf = (at: number): number => Math.floor((at - first.start) / 1000 / stepMs);
  const last = Math.max(0, stepOf(steps.at(-1)?.at ?? first.start));
  const counts = new Array<number>(last + 1).fill(0);
  let held = 0;
  let next = 0;
  for (let n = 0; n <= last; n += 1) {
    let most = held;
    while (next < steps.length && stepOf(steps[next]?.at ?? 0) <= n) {
      held = steps[next]?.held ?? held;
      most = Math.max(most, held);
      next += 1;
    }
    counts[n] = most;
  }
  return {
    chart: {
      title: { en: 'Accepted and not done', es: 'Aceptados y sin hacer' },
      stepMs,
      counts,
      span: {
        name: { en: 'overload', es: 'sobrecarga' },
        from: stepOf(span.from),
        to: Math.max(0, stepOf(span.until)),
      },
    },
  };
}
