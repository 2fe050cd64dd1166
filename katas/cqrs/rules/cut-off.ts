import {
  finding,
  withinTolerance,
  type Finding,
  type Margin,
  type Text,
} from '../../../src/kata/index.js';
import { ageBeforeMs, ageOffMs, refusesWithinMs, type WhenCut } from '../contract.js';
import {
  isShown,
  lacking,
  lacks,
  missedMs,
  plainOf,
  plainSince,
  tookMs,
  type Read,
  type Story,
  type Write,
} from '../story.js';

export function refuseIsNeverStale(story: Story, whenCut: WhenCut): Finding {
  const name = 'refuse-is-never-stale';
  const rule: Text = {
    en: `With --when-cut refuse nobody is shown a state without what was written ${refusesWithinMs} ms ago.`,
    es: `Con --when-cut refuse a nadie se le muestra un estado sin lo que se escribió hace ${refusesWithinMs} ms.`,
  };
  const { cutWrite: write } = story;
  if (whenCut !== 'refuse' || !write) return finding(name, rule, undefined);
  const worst = lacking(story, write).at(-1);
  const value = worst ? Math.max(0, missedMs(worst, write)) : 0;
  const margin: Margin = {
    what: { en: 'the oldest answer', es: 'la respuesta más vieja' },
    ...{ value, limit: refusesWithinMs, unit: 'ms', resolution: slownessMs(story) },
  };
  return withinTolerance(name, rule, margin, () => told(worst, write, value));
}

/** Available, whatever it costs. */
export function staleAlwaysAnswers(story: Story, whenCut: WhenCut): Finding {
  const rule: Text = {
    en: 'With --when-cut stale every read without a token is answered, also while the view is cut off.',
    es: 'Con --when-cut stale toda lectura sin token recibe respuesta, también con la vista aislada.',
  };
  const reads = plainSince(story);
  const refused = reads.filter(({ outcome }) => outcome === 'fail');
  const [one] = refused;
  if (whenCut !== 'stale' || !one) return finding('stale-always-answers', rule, undefined);
  return finding('stale-always-answers', rule, {
    story: {
      en: `${refused.length} of ${reads.length} reads were refused since the view was cut off, first on history line ${one.line}.`,
      es: `${refused.length} de ${reads.length} lecturas se rechazaron desde que la vista quedó aislada, la primera en la línea ${one.line} del historial.`,
    },
    lines: [...(story.cut ? [story.cut.line] : []), one.line],
  });
}

/** Whoever is shown what is old is told how old it is: not younger, and not older than the cut. */
export function ageIsTold(story: Story): Finding {
  const rule: Text = {
    en: 'An answer says how old it may be: since when the view no longer knows that it has everything.',
    es: 'Una respuesta dice lo vieja que puede ser: desde cuándo la vista no sabe que lo tiene todo.',
  };
  const { cut, cutWrite: write } = story;
  const worst = plainSince(story)
    .filter(isShown)
    .map((read) => ({ read, ...offBy(read, story) }))
    .toSorted((a, b) => b.value - a.value)[0];
  if (!cut || !worst) return finding('age-is-told', rule, undefined);
  const { read, value, truth } = worst;
  const margin: Margin = {
    what: { en: 'how far an age was off', es: 'cuánto se equivocó una edad' },
    ...{ value, limit: ageOffMs, unit: 'ms', resolution: slownessMs(story) },
  };
  return withinTolerance('age-is-told', rule, margin, () => ({
    story: {
      en: `cut off since line ${cut.line}, the view answered with ageMs ${read.ageMs}, and it was ${truth.en} (history line ${read.line}).`,
      es: `aislada desde la línea ${cut.line}, la vista respondió con ageMs ${read.ageMs}, y era ${truth.es} (línea ${read.line} del historial).`,
    },
    lines: [cut.line, ...(write ? [write.line] : []), read.line],
  }));
}

/** At least as old as the write that it lacks; at most as old as the cut, and a little. */
function offBy(read: Read, { cut, cutWrite: write }: Story): { value: number; truth: Text } {
  const age = read.ageMs ?? 0;
  const least = write && lacks(read, write) ? missedMs(read, write) : 0;
  const most = (read.end - (cut?.from ?? 0)) / 1000 + ageBeforeMs;
  const isYounger = least - age >= age - most;
  const ms = Math.round(isYounger ? least : most);
  return {
    value: Math.max(0, isYounger ? least - age : age - most),
    truth: {
      en: isYounger ? `older than ${ms} ms` : `younger than ${ms} ms`,
      es: isYounger ? `más vieja de ${ms} ms` : `más nueva de ${ms} ms`,
    },
  };
}

/** So slow was the machine then: at worst between a question and its answer, or until the next one. */
function slownessMs(story: Story): number {
  const reads = plainOf(story);
  const gaps = reads.slice(1).map((read, n) => (read.start - (reads[n]?.end ?? 0)) / 1000);
  return Math.max(0, ...reads.filter((read) => Number.isFinite(read.end)).map(tookMs), ...gaps);
}

function told(read: Read | undefined, write: Write, value: number) {
  const ms = Math.round(value);
  return {
    story: {
      en: `${write.token} was told to the client (history line ${write.line}), and ${ms} ms later the view, cut off then, still answered without it (line ${read?.line}).`,
      es: `${write.token} se le dio al cliente (línea ${write.line} del historial), y ${ms} ms después la vista, aislada entonces, aún respondía sin él (línea ${read?.line}).`,
    },
    lines: [write.line, ...(read ? [read.line] : [])],
  };
}
