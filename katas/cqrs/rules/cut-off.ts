import {
  finding,
  withinTolerance,
  type Finding,
  type Margin,
  type Text,
} from '../../../src/kata/index.js';
import { refusesWithinMs, type WhenCut } from '../contract.js';
import {
  lacking,
  missedMs,
  plainSince,
  slownessMs,
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
