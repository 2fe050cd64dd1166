import { finding, type Finding, type Text, type Witness } from '../../../src/kata/index.js';
import { earlyMs, type Limits } from '../contract.js';
import type { Scene } from '../notes.js';
import {
  openingOf,
  isLive,
  isSpared,
  shown,
  wasAsked,
  type Call,
  type Request,
  type Story,
} from '../story.js';

/** A call that may come only after the open time has passed since another was sent. */
export interface Gap {
  readonly scene: Scene;
  readonly from: Request;
  readonly to: Request;
  readonly call: Call;
  readonly ms: number;
  /** What opened it: too many failures, or a probe. */
  readonly after: 'opening' | 'probe';
  /** A good answer that was on its way as it opened, and came in between. */
  readonly late: Call | undefined;
}

/**
 * It opened after the last call that it let through was sent; the next may come when the open time
 * is over. Noise only makes calls come later, so what comes early is early.
 */
export function openIsQuiet(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'While it is open no call is made, from its opening on until the open time is over.',
    es: 'Mientras está abierto no se llama, desde que se abre hasta que pasa el tiempo abierto.',
  };
  const gaps = gapsOf(story, limits);
  return judged(
    'open-is-quiet',
    rule,
    gaps.filter(({ late }) => !late).filter(isNoRush(limits)),
    limits,
  );
}

/** In one breath after a probe that failed: the state was never open again. */
export function failedProbeReopens(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'A probe that fails, or is slow, opens it again, for the whole open time.',
    es: 'Una prueba que falla, o es lenta, lo abre de nuevo, durante todo el tiempo abierto.',
  };
  const isRush = (gap: Gap): boolean => !isNoRush(limits)(gap);
  const gaps = [...gapsOf(story, limits).filter(isRush), ...whileSlow(story, limits)];
  return judged('failed-probe-reopens', rule, gaps, limits);
}

const isNoRush =
  ({ openMs }: Limits) =>
  ({ after, ms }: Gap): boolean =>
    after === 'opening' || ms >= openMs / 2;

export function judged(
  invariant: string,
  rule: Text,
  gaps: readonly Gap[],
  limits: Limits,
): Finding {
  const shortest = gaps.reduce<Gap | undefined>(
    (found, one) => (found && found.ms <= one.ms ? found : one),
    undefined,
  );
  const early = shortest ? limits.openMs - shortest.ms : 0;
  const isBroken = shortest !== undefined && early > earlyMs;
  return {
    ...finding(invariant, rule, isBroken ? witnessOf(shortest, limits) : undefined),
    margin: {
      what: { en: 'the earliest call', es: 'la llamada más temprana' },
      value: Math.max(0, early),
      limit: earlyMs,
      unit: 'ms',
    },
  };
}

function witnessOf({ scene, from, to, call, ms, after, late }: Gap, { openMs }: Limits): Witness {
  const [first] = from.calls;
  const why =
    after === 'opening'
      ? { en: 'the last call before it opened', es: 'la última llamada antes de abrirse' }
      : { en: 'a probe that failed', es: 'una prueba que falló' };
  const between = late
    ? {
        en: ` In between came the answer to a call that had been sent before (line ${late.line}).`,
        es: ` Entretanto llegó la respuesta a una llamada enviada antes (línea ${late.line}).`,
      }
    : { en: '', es: '' };
  return {
    story: {
      en: `${scene}: ${why.en}, for ${from.id}, was sent at most ${shown(ms)} ms before the next call came, for ${to.id} (history line ${call.line}); it has to be open for ${openMs} ms.${between.en}`,
      es: `${scene}: ${why.es}, por ${from.id}, se envió como mucho ${shown(ms)} ms antes de que llegara la siguiente, por ${to.id} (línea ${call.line} del historial); tiene que estar abierto ${openMs} ms.${between.es}`,
    },
    lines: [...(first ? [first.line] : []), ...(late ? [late.line] : []), call.line].sort(
      (a, b) => a - b,
    ),
  };
}

export function gapsOf(story: Story, { probes, openMs }: Limits): Gap[] {
  const scenes: readonly Scene[] = ['outage', 'neighbours', 'slow', 'late', 'probes', 'unknown'];
  const openings = scenes.flatMap((scene) => afterOpening(scene, story.of(scene), openMs));
  return [...openings, ...whileDown(story, probes)];
}

/** The first time that it opens in a scene: what was let through before came in its closed state. */
function afterOpening(scene: Scene, requests: readonly Request[], openMs: number): Gap[] {
  const opening = openingOf(requests, openMs);
  if (!opening) return [];
  const before = requests.filter(({ calls }) => calls.some(({ at }) => at < opening.callsBefore));
  const from = before.at(-1);
  const to = requests.find((one) => one.start > opening.known && wasAsked(one));
  const call = to?.calls[0];
  if (!from || !to || !call) return [];
  const late = before
    .flatMap(({ calls }) => calls)
    .find(({ status, end }) => status === 200 && end > opening.known && end < call.at);
  const ms = (call.at - from.start) / 1000;
  return [
    { scene, from, to, call, ms, after: 'opening', late: scene === 'late' ? late : undefined },
  ];
}

/**
 * Where nothing succeeds it never closes: of calls with as many others in between as are let
 * through half-open, the later one belongs to another half-open time, and it was open before that.
 */
function whileDown(story: Story, probes: number): Gap[] {
  const [down, stuck] = [story.phase('outage', 'down'), story.phase('outage', 'stuck')];
  const inOutage = down && stuck ? failingFrom(story.of('outage'), down.from, stuck.until) : [];
  const beside = failingFrom(story.of('neighbours'), 0, Number.POSITIVE_INFINITY);
  return [...groupsOf('outage', inOutage, probes), ...groupsOf('neighbours', beside, probes)];
}

/** All of its calls are slow, and so are all probes. */
function whileSlow(story: Story, { probes }: Limits): Gap[] {
  const slow = story.phase('slow', 'slow');
  if (!slow) return [];
  const failing = failingFrom(story.of('slow'), slow.from, Number.POSITIVE_INFINITY);
  return groupsOf('slow', failing, probes);
}

/** Requests with calls after the first rejection in a time in which every call fails. */
function failingFrom(all: readonly Request[], from: number, until: number): Request[] {
  // What went well before may be heard only now.
  const heard = Math.max(
    from,
    ...all
      .filter((one) => isLive(one) && one.start < until && one.calls.some(({ at }) => at < from))
      .map(({ end }) => end),
  );
  const spared = all.find((one) => isSpared(one) && one.start > heard && one.start < until);
  if (!spared) return [];
  return all.filter(({ start, calls }) => start > spared.end && calls.some(({ at }) => at < until));
}

function groupsOf(scene: Scene, failing: readonly Request[], probes: number): Gap[] {
  const calls = failing
    .flatMap((request) => request.calls.map((call) => ({ request, call })))
    .sort((a, b) => a.call.at - b.call.at);
  return calls.slice(probes).flatMap(({ request: to, call }, n) => {
    const from = calls[n]?.request;
    if (!from) return [];
    const ms = (call.at - from.start) / 1000;
    return [{ scene, from, to, call, ms, after: 'probe' as const, late: undefined }];
  });
}
