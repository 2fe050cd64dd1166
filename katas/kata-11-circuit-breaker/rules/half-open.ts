import { counted, finding, undecided, type Finding, type Text } from '../../../src/kata/index.js';
import type { Limits } from '../contract.js';
import { limitsIn, type Scene } from '../notes.js';
import { isLive, isSpared, shown, tookMs, type Call, type Request, type Story } from '../story.js';

/** A call that came while more were under way than may be. */
export interface Crowd {
  readonly call: Call;
  readonly request: Request;
  readonly others: readonly Call[];
  /** Good answers that had been given by then. */
  readonly good: number;
}

export function halfOpenLetsFewThrough(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'Half-open, no more calls are under way at once than there are probes, however many ask.',
    es: 'Medio abierto, no hay más llamadas en curso a la vez que pruebas, pregunten cuantos pregunten.',
  };
  const crowd = inScenes(story, limits).find(({ good }) => good === 0);
  return finding('half-open-lets-few-through', rule, crowd && witnessOf(crowd, limits));
}

export function closesAfterGoodProbes(story: Story, limits: Limits): Finding {
  const name = 'closes-after-good-probes';
  const rule: Text = {
    en: 'As many good probes as asked for close it, and no fewer; then all are let through.',
    es: 'Lo cierran tantas pruebas buenas como se pide, y no menos; entonces pasan todas.',
  };
  const early = crowdOf(story, 'nearly', limits) ?? crowdOf(story, 'hung-up', limits);
  const crowd = early ?? inScenes(story, limits).find(({ good }) => good > 0);
  if (crowd) return finding(name, rule, witnessOf(crowd, limits));
  const found = [...tried, 'nearly' as const].map((scene) =>
    staysOpen(name, rule, story, scene, limits),
  );
  return (
    found.find(({ holds }) => holds === false) ??
    found.find(({ holds }) => holds === null) ??
    finding(name, rule, undefined)
  );
}

const tried = ['probes', 'unknown'] as const;

const inScenes = (story: Story, limits: Limits): Crowd[] =>
  tried.flatMap((scene) => crowdOf(story, scene, limits) ?? []);

/** Rejected although as many had gone well as it takes. */
export function staysOpen(
  name: string,
  rule: Text,
  story: Story,
  scene: Scene,
  limits: Limits,
): Finding {
  const after = afterOpening(story, scene);
  const good = after
    .filter((one) => heardWell(one) && one.calls.some(isGoodProbe))
    .sort((a, b) => a.end - b.end)
    .slice(0, limits.closeAfter);
  const last = good.at(-1);
  if (!last || good.length < limits.closeAfter) return finding(name, rule, undefined);
  const spared = after.find((one) => isSpared(one) && one.start > last.end);
  if (!spared) return finding(name, rule, undefined);
  const doubtful = after.find(
    (one) =>
      one.calls.some(isGood) &&
      one.start < spared.end &&
      tookMs(one) >= limitsIn(scene, limits).slowMs,
  );
  if (doubtful)
    return undecided(name, rule, {
      en: `the call for ${doubtful.id} took ${shown(tookMs(doubtful))} ms with all that this machine did, and may have counted as slow`,
      es: `la llamada por ${doubtful.id} tardó ${shown(tookMs(doubtful))} ms con todo lo que hizo esta máquina, y puede haber contado como lenta`,
    });
  return finding(name, rule, {
    story: {
      en: `${limits.closeAfter} probes had gone well, the last for ${last.id}; ${spared.id}, sent after that, was rejected all the same.`,
      es: `${limits.closeAfter} pruebas habían ido bien, la última por ${last.id}; ${spared.id}, enviada después, se rechazó de todos modos.`,
    },
    lines: [last.line, spared.line],
  });
}

/** A 404 is what the client asked for, and no fault of the dependency. */
export const isGood = ({ status }: Call): boolean => status === 200 || status === 404;

/** Before that it was not to be closed. */
export const isGoodProbe = (call: Call): boolean => isGood(call) && call.phase === 'patient';

const heardWell = (one: Request): boolean => isLive(one) || one.answer?.status === 404;

/** Those that were sent when it had opened. */
export function afterOpening(story: Story, scene: Scene): Request[] {
  const all = story.of(scene);
  const spared = all.find(isSpared);
  return spared ? all.filter(({ start }) => start > spared.end) : [];
}

/**
 * Exact: what the dependency has not answered yet, no program has heard of. But whoever breaks a call off
 * whose client has hung up knows of it first.
 */
export function crowdOf(
  story: Story,
  scene: Scene,
  { probes, closeAfter }: Limits,
): Crowd | undefined {
  const calls = afterOpening(story, scene)
    .flatMap((request) => request.calls.map((call) => ({ request, call })))
    .filter(({ call }) => call.phase === 'patient')
    .sort((a, b) => a.call.at - b.call.at);
  // Also of who had waited since before it was known to be open: that one closes it as well.
  const good = story
    .of(scene)
    .flatMap((request) => request.calls)
    .filter(isGoodProbe)
    .map(({ end }) => end)
    .sort((a, b) => a - b);
  const closed = good[closeAfter - 1] ?? Number.POSITIVE_INFINITY;
  for (const { request, call } of calls) {
    if (call.at >= closed) return undefined;
    const others = calls
      .filter(({ request }) => !hasLeft(request, call.at))
      .map((one) => one.call)
      .filter(({ at, end, line }) => line < call.line && at <= call.at && end > call.at);
    if (others.length >= probes)
      return { call, request, others, good: good.filter((end) => end < call.at).length };
  }
  return undefined;
}

const hasLeft = ({ answer, end }: Request, at: number): boolean =>
  answer === undefined && end <= at;

export function witnessOf(
  { call, request, others, good }: Crowd,
  { probes, closeAfter }: Limits,
): { story: Text; lines: number[] } {
  const lines = [...others.map(({ line }) => line).slice(0, 10), call.line];
  return {
    story: {
      en: `the call for ${request.id} (history line ${call.line}) came while ${counted.en(others.length, 'other was', 'others were')} under way; after the open time ${good} probes had gone well of ${closeAfter} that close it, and until then at most ${probes} are let through at once.`,
      es: `la llamada por ${request.id} (línea ${call.line} del historial) llegó con otras ${others.length} en curso; tras el tiempo abierto habían ido bien ${good} pruebas de las ${closeAfter} que lo cierran, y hasta entonces pasan como mucho ${probes} a la vez.`,
    },
    lines,
  };
}
