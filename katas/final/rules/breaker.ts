import { finding, type Finding, type Text } from '../../../src/kata/index.js';
import type { Phase, PhaseName } from '../notes.js';
import type { Story } from '../story.js';

/** Until then it may find out. */
const findsOutWithinMs = 700;
/** Beyond the open time, until somebody asks again once all is well. */
const asksWithinMs = 2_000;

interface Outage extends Phase {
  /** Microseconds since the case began. */
  readonly from: number;
  readonly until: number;
  readonly line: number;
}

const isOutage: ReadonlySet<PhaseName> = new Set(['half', 'down', 'slow']);

export function outagesIn({ phases }: Pick<Story, 'phases'>): Outage[] {
  return phases.flatMap(({ of, phase, at, line }, n) => {
    const next = phases.slice(n + 1).find((one) => one.of === of);
    return next && isOutage.has(phase) ? [{ of, phase, from: at, until: next.at, line }] : [];
  });
}

const isOf = (of: Phase['of'], path: string): boolean =>
  path.startsWith('/parcels') === (of === 'carrier');

function callsIn({ calls }: Story, { of }: Phase, from: number, until: number) {
  return calls.filter(({ path, at }) => isOf(of, path) && at >= from && at < until);
}

/** While it is down or slow: a few at first, then one now and then. */
export function sparesWhatIsDown(story: Story, openMs: number): Finding {
  const rule: Text = {
    en: 'A dependency that is down or too slow is spared: once that is known, it is only tried now and then.',
    es: 'A una dependencia que no responde o tarda demasiado se la deja en paz: una vez sabido, solo se la prueba de vez en cuando.',
  };
  for (const outage of outagesIn(story)) {
    if (outage.phase === 'half') continue;
    const from = outage.from + findsOutWithinMs * 1000;
    const came = callsIn(story, outage, from, outage.until).length;
    const ms = Math.round((outage.until - from) / 1000);
    const most = 2 * Math.ceil(ms / openMs) + 2;
    if (came <= most) continue;
    const { of, phase, line } = outage;
    return finding('spares-what-is-down', rule, {
      story: {
        en: `the ${of} was ${phase} (history line ${line}), and ${findsOutWithinMs} ms later was still asked ${came} times in ${ms} ms; with a pause of ${openMs} ms between two tries it is ${most} at most.`,
        es: `el ${of} estaba ${phase} (línea ${line} del historial), y ${findsOutWithinMs} ms después aún se le preguntó ${came} veces en ${ms} ms; con una pausa de ${openMs} ms entre pruebas son como mucho ${most}.`,
      },
      lines: [line],
    });
  }
  return finding('spares-what-is-down', rule, undefined);
}

/** Who gave up on it for good would never find out. */
export function asksAgain(story: Story, openMs: number): Finding {
  const rule: Text = {
    en: 'Once a dependency is well again, it is asked again.',
    es: 'Cuando una dependencia vuelve a estar bien, se le vuelve a preguntar.',
  };
  for (const outage of outagesIn(story)) {
    const until = outage.until + (openMs + asksWithinMs) * 1000;
    if (callsIn(story, outage, outage.until, until).length > 0) continue;
    const { of, line } = outage;
    return finding('asks-again', rule, {
      story: {
        en: `the ${of} was ${outage.phase} (history line ${line}) and then well again, and for ${openMs + asksWithinMs} ms nobody asked it, though orders came.`,
        es: `el ${of} estuvo ${outage.phase} (línea ${line} del historial) y después bien, y durante ${openMs + asksWithinMs} ms nadie le preguntó, aunque llegaban pedidos.`,
      },
      lines: [line],
    });
  }
  return finding('asks-again', rule, undefined);
}
