import {
  agreeing,
  counted,
  finding,
  withinTolerance,
  type Finding,
  type Margin,
  type Text,
} from '../../../src/kata/index.js';
import {
  allFailRate,
  neighboursRate,
  partlySlow,
  slowCallMs,
  usualRate,
  type Limits,
} from '../contract.js';
import { isSpared, shown, wasAsked, type Phase, type Request, type Story } from '../story.js';

/** Half of the calls fail: enough are soon in the window, and then the dependency is left alone. */
export function opensWhenFailing(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'Once more calls fail than the threshold says, it opens within two windows: calls are rejected.',
    es: 'Cuando fallan más llamadas de lo que dice el umbral, se abre en dos ventanas: las llamadas se rechazan.',
  };
  const failing = story.phase('outage', 'failing');
  const stuck = story.phase('outage', 'stuck');
  const opening = opensWithin('opens-when-failing', rule, {
    requests: story.of('outage'),
    phase: failing && stuck && { ...failing, until: stuck.until },
    pulses: story.pulses('outage'),
    rate: limits.rate,
    askedMs: 2 * limits.windowMs,
    limitMs: 2 * limits.windowMs,
  });
  const found = [opening, ...besides.map((one) => opensIn(rule, story, one, limits))];
  return (
    found.find(({ holds }) => holds === false) ??
    found.find(({ holds }) => holds === null) ??
    found.find(({ margin }) => margin !== undefined) ??
    opening
  );
}

/** All calls fail from the beginning, and exactly so many have to in the second. */
const besides = [
  { scene: 'neighbours', phase: 'neighbour-away', rate: () => neighboursRate / 2 },
  { scene: 'unknown', phase: 'down', rate: allFailRate },
] as const;

function opensIn(
  rule: Text,
  story: Story,
  { scene, phase: name, rate }: (typeof besides)[number],
  limits: Limits,
): Finding {
  const requests = story.of(scene);
  const [first, last] = [requests[0], requests.at(-1)];
  return opensWithin('opens-when-failing', rule, {
    requests,
    phase: first && last && { name, from: first.start, until: last.start },
    pulses: story.pulses(scene),
    rate: rate(limits),
    askedMs: 2 * limits.windowMs,
    limitMs: 2 * limits.windowMs,
  });
}

export function slowCallsCount(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'Calls that take too long count as failed, also where they end well: it opens within two windows of them.',
    es: 'Las llamadas demasiado lentas cuentan como fallidas, aunque acaben bien: se abre en dos ventanas de ellas.',
  };
  const requests = story.of('slow');
  const [first, last] = [requests[0], requests.at(-1)];
  return opensWithin('slow-calls-count', rule, {
    requests,
    phase: first && last && { name: 'partly-slow', from: first.start, until: last.start },
    pulses: story.pulses('slow'),
    rate: usualRate,
    askedMs: 2 * partlySlow.windowMs,
    limitMs: 2 * partlySlow.windowMs + slowCallMs(limits),
  });
}

/** Of what was to be asked in that time. */
const shareAsked = 0.95;

interface Opening {
  readonly requests: readonly Request[];
  readonly phase: Phase | undefined;
  readonly pulses: ReturnType<Story['pulses']>;
  /** Requests a second that were to come. */
  readonly rate: number;
  /** From the beginning of the phase; those of so long are to be answered by the limit. */
  readonly askedMs: number;
  readonly limitMs: number;
}

function opensWithin(
  invariant: string,
  rule: Text,
  { requests, phase, pulses, rate, askedMs, limitMs }: Opening,
): Finding {
  if (!phase) return finding(invariant, rule, undefined);
  const first = requests.find((one) => isSpared(one));
  const before = requests.filter(
    (one) => wasAsked(one) && one.start >= phase.from && one.start < (first?.start ?? phase.until),
  );
  const last = before.at(-1);
  // Between that and the first that was spared nobody asked: it may have opened long ago.
  const ms = ((last?.start ?? phase.from) - phase.from) / 1000;
  // Where the lab was slower to ask, or this machine to answer, no window may have had the calls that
  // it takes: a program counts a call when it ends.
  const answered = before.filter(({ end }) => end <= phase.from + limitMs * 1000).length;
  const wereEnough = answered > (shareAsked * rate * askedMs) / 1000;
  const late = first
    ? pulses.worst(phase.from, Math.max(first.start, phase.from + limitMs * 1000))
    : 0;
  const margin: Margin = {
    what: {
      en: 'until the last call before the first spared one',
      es: 'hasta la última llamada antes de la primera ahorrada',
    },
    value: Math.max(0, ms),
    limit: limitMs,
    unit: 'ms',
    // Once nothing was spared in all that time, no machine was that slow.
    resolution: wereEnough ? late : Math.max(late, ms),
  };
  return withinTolerance(invariant, rule, margin, () => {
    const until = first
      ? { en: 'only after that one was spared', es: 'solo después se ahorró una' }
      : { en: 'none was ever spared', es: 'nunca se ahorró ninguna' };
    return {
      story: {
        en: `from the phase ${phase.name} on ${counted.en(before.length, 'more call', 'more calls')} came to the dependency, the last for ${last?.id}, which asked after ${shown(ms)} ms; ${until.en}, and ${shown(limitMs)} ms are allowed.`,
        es: `desde la fase ${phase.name} ${agreeing.es(before.length, 'llegó', 'llegaron')} ${counted.es(before.length, 'llamada', 'llamadas')} más a la dependencia, la última por ${last?.id}, que preguntó tras ${shown(ms)} ms; ${until.es}, y se permiten ${shown(limitMs)} ms.`,
      },
      lines: last ? [...last.calls.map(({ line }) => line), last.line] : [],
    };
  });
}
