import { finding, undecided, type Finding, type Text } from '../../../src/kata/index.js';
import type { Phase, PhaseName } from '../notes.js';
import type { Story } from '../story.js';
import { isBusy } from './outcomes.js';

/** Until then it may find out. */
const findsOutWithinMs = 700;
/** Shorter stretches than so many pauses prove nothing: a few late calls are enough for a crowd in them. */
const stretchOfPauses = 4;
/** Beyond the open time, until somebody asks again once all is well. */
const asksWithinMs = 2_000;
/** And until it is asked for each order that waits. */
const asksEachWithinMs = 3_000;
/** What comes so late may have been answered as by one that is well. */
const onItsWayMs = 50;

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

function callsIn({ calls }: Story, { of }: Pick<Phase, 'of'>, from: number, until: number) {
  return calls.filter(({ path, at }) => isOf(of, path) && at >= from && at < until);
}

/** While it is down or slow: a few at first, then one now and then; in every stretch of it. */
export function sparesWhatIsDown(story: Story, openMs: number): Finding {
  const rule: Text = {
    en: 'A dependency that is down or too slow is spared: once that is known, it is only tried now and then.',
    es: 'A una dependencia que no responde o tarda demasiado se la deja en paz: una vez sabido, solo se la prueba de vez en cuando.',
  };
  for (const outage of outagesIn(story)) {
    if (outage.phase === 'half') continue;
    // Nobody can find out before it calls.
    const first = callsIn(story, outage, outage.from, outage.until)[0]?.at ?? outage.from;
    const from = first + findsOutWithinMs * 1000;
    const worst = crowdIn(callsIn(story, outage, from, outage.until), openMs);
    if (!worst) continue;
    // What a busy machine has kept waiting comes all at once.
    if (isBusy(story)) return undecided('spares-what-is-down', rule, tooSlow);
    const { of, phase, line } = outage;
    const { came, ms, most } = worst;
    return finding('spares-what-is-down', rule, {
      story: {
        en: `the ${of} was ${phase} (history line ${line}), and ${findsOutWithinMs} ms after its first call it was still asked ${came} times within ${ms} ms; with a pause of ${openMs} ms between two tries it is ${most} at most.`,
        es: `el ${of} estaba ${phase} (línea ${line} del historial), y ${findsOutWithinMs} ms después de la primera llamada aún se le preguntó ${came} veces en ${ms} ms; con una pausa de ${openMs} ms entre pruebas son como mucho ${most}.`,
      },
      lines: [line],
    });
  }
  return finding('spares-what-is-down', rule, undefined);
}

interface Crowd {
  readonly came: number;
  readonly ms: number;
  readonly most: number;
}

/** The stretch, from one call to a later one, in which most came beyond what is allowed. */
function crowdIn(calls: readonly { readonly at: number }[], openMs: number): Crowd | undefined {
  let worst: Crowd | undefined;
  for (const [n, { at: from }] of calls.entries())
    for (let last = n + 1; last < calls.length; last += 1) {
      const tookMs = Math.round(((calls[last]?.at ?? from) - from) / 1000);
      const ms = Math.max(tookMs, stretchOfPauses * openMs);
      const [came, most] = [last - n + 1, 2 * Math.ceil(ms / openMs) + 2];
      if (came - most > (worst ? worst.came - worst.most : 0)) worst = { came, ms, most };
    }
  return worst;
}

/** Who gave up on it for good would never find out; nor is anybody who waits to wait for much longer. */
export function asksAgain(story: Story, openMs: number): Finding {
  const rule: Text = {
    en: 'Once a dependency is well again, it is asked again, for each order that waits for it.',
    es: 'Cuando una dependencia vuelve a estar bien, se le vuelve a preguntar, por cada pedido que la espera.',
  };
  const why = neverAsked(story, openMs) ?? leftWaiting(story, openMs);
  if (why && isBusy(story)) return undecided('asks-again', rule, tooSlow);
  return finding('asks-again', rule, why && { story: why.story, lines: [why.line] });
}

const tooSlow: Text = {
  en: 'this machine was so slow that the calls may only have been late',
  es: 'esta máquina iba tan lenta que quizá las llamadas solo llegaron tarde',
};

interface Why {
  readonly story: Text;
  readonly line: number;
}

function neverAsked(story: Story, openMs: number): Why | undefined {
  const ms = openMs + asksWithinMs;
  for (const outage of outagesIn(story)) {
    const { of, line, phase } = outage;
    if (callsIn(story, outage, outage.until, outage.until + ms * 1000).length > 0) continue;
    return {
      story: {
        en: `the ${of} was ${phase} (history line ${line}) and then no longer, and for ${ms} ms nobody asked it, though orders came.`,
        es: `el ${of} estuvo ${phase} (línea ${line} del historial) y después ya no, y durante ${ms} ms nadie le preguntó, aunque había pedidos.`,
      },
      line,
    };
  }
  return undefined;
}

/** Nobody knows what became of the last call for it: it has to be asked again, and soon. */
function leftWaiting(story: Story, openMs: number): Why | undefined {
  const ms = openMs + asksEachWithinMs;
  for (const { of, from, until, line } of wholeOutagesIn(story)) {
    const failed = callsIn(story, { of }, from, until - onItsWayMs * 1000).map(orderOf);
    const after = callsIn(story, { of }, until, until + ms * 1000).map(orderOf);
    const order = failed.find((one) => one !== '' && !after.includes(one));
    if (order === undefined) continue;
    return {
      story: {
        en: `the ${of} failed at order ${order} (from history line ${line} on) and was then well again, and for ${ms} ms it was not asked about it.`,
        es: `el ${of} falló con el pedido ${order} (desde la línea ${line} del historial) y después volvió a estar bien, y durante ${ms} ms no se le preguntó por él.`,
      },
      line,
    };
  }
  return undefined;
}

/** Down or slow until it was well: no call in it has come to anything. */
function wholeOutagesIn({ phases }: Story) {
  return (['provider', 'carrier'] as const).flatMap((of) => {
    const own = phases.filter((one) => one.of === of);
    return own.flatMap(({ phase, at: until }, n) => {
      if (phase !== 'well') return [];
      let begin = n;
      while (failsAlways(own[begin - 1]?.phase)) begin -= 1;
      const first = own[begin];
      return first && begin < n ? [{ of, from: first.at, until, line: first.line }] : [];
    });
  });
}

const failsAlways = (phase: PhaseName | undefined): boolean => phase === 'down' || phase === 'slow';

const orderOf = ({ headers, path }: Story['calls'][number]): string => {
  const key = headers['idempotency-key'];
  return typeof key === 'string' && key !== ''
    ? key
    : decodeURIComponent(/^\/parcels\/([^/]+)$/.exec(path)?.[1] ?? '');
};
