import { agreeing, counted, pulseBeat } from '../../../src/kata/index.js';
import type { Coverage, Text } from '../../../src/kata/index.js';
import { besideStuck, hasBreaker, outage, outageMs, type Limits } from '../contract.js';
import { limitsIn, scenes, type Scene } from '../notes.js';
import { isSpared, openingOf, type Story } from '../story.js';
import { hungUp } from './recovers.js';
import { afterOpening, isGood, isGoodProbe } from './half-open.js';
import { cameAmidProbes } from './late.js';

/** Of what was to be sent in a phase. */
const enough = 0.6;

export function coverageOf(story: Story, strategy: string, limits: Limits): Coverage[] {
  const always = [
    outagePlayed(story, strategy, limits),
    pulseBeat(story.pulses('outage').beats),
    keptUp(story, limits),
  ];
  if (!hasBreaker(strategy)) return always;
  return [
    ...always,
    played('quiet-played', story, ['healthy', 'low-volume', 'client-errors', 'neighbours'], limits),
    neighbourOpened(story),
    played('trips-played', story, ['slow', 'late', 'late-failures', 'probes', 'unknown'], limits),
    lateAnswersCame(story, limits),
    probesCame(story, limits),
    played(
      'half-open-played',
      story,
      ['late-probes', 'nearly', 'hung-up', 'neighbour-stuck'],
      limits,
    ),
    lateProbesCame(story),
    neighbourHung(story, limits),
    probesHungUp(story, limits),
  ];
}

function outagePlayed(story: Story, strategy: string, limits: Limits): Coverage {
  const lasts = outageMs(strategy, limits);
  const all = story.of('outage');
  const sent = outage.map((name) => {
    const phase = story.phase('outage', name);
    const came = all.filter(
      ({ start }) => phase && start >= phase.from && start <= phase.until,
    ).length;
    return { came, wanted: Math.floor((enough * lasts[name] * limits.rate) / 1000) };
  });
  return {
    condition: 'outage-played',
    met: sent.every(({ came, wanted }) => came >= wanted),
    story: countsOf('requests in its phases', 'peticiones en sus fases', sent),
  };
}

function countsOf(
  en: string,
  es: string,
  sent: readonly { readonly came: number; readonly wanted: number }[],
): Text {
  const came = sent.map((one) => one.came).join(', ');
  const wanted = sent.map((one) => one.wanted).join(', ');
  return {
    en: `${en}: ${came} (${wanted} are needed)`,
    es: `${es}: ${came} (hacen falta ${wanted})`,
  };
}

function played(
  condition: string,
  story: Story,
  scenes: readonly Scene[],
  { minCalls }: Limits,
): Coverage {
  const sent = scenes.map((scene) => ({ came: story.of(scene).length, wanted: minCalls }));
  return {
    condition,
    met: sent.every(({ came, wanted }) => came >= wanted),
    story: countsOf(`requests in ${scenes.join(', ')}`, `peticiones en ${scenes.join(', ')}`, sent),
  };
}

function neighbourOpened(story: Story): Coverage {
  const spared = story.of('neighbours').filter(isSpared).length;
  return {
    condition: 'neighbour-opened',
    met: spared > 0,
    story: {
      en: `${counted.en(spared, 'call to the dependency that was down was', 'calls to the dependency that was down were')} spared while the other was well (1 is needed)`,
      es: `${agreeing.es(spared, 'se ahorró', 'se ahorraron')} ${counted.es(spared, 'llamada', 'llamadas')} a la dependencia que no responde mientras la otra estaba bien (hace falta 1)`,
    },
  };
}

function lateAnswersCame(story: Story, { openMs }: Limits): Coverage {
  const all = story.of('late');
  const opening = openingOf(all, openMs);
  const before = all
    .flatMap(({ calls }) => calls)
    .filter(({ at }) => opening && at < opening.callsBefore);
  // It opened only when it had let the last of them through.
  const until = Math.max(...before.map(({ at }) => at)) + openMs * 1000;
  const late = before.filter(({ end }) => opening && end > opening.known && end < until);
  const good = late.filter(isGood).length;
  const gone = late.filter(({ status }) => status === 'gone').length;
  const tried = amidProbes(story);
  return {
    condition: 'late-answers-came',
    met: good > 0 && gone > 0 && tried > 0,
    story: {
      en: `to calls from before it opened ${counted.en(good, 'good answer', 'good answers')} and ${counted.en(gone, 'time-out', 'time-outs')} came while it was open, and ${counted.en(tried, 'time-out', 'time-outs')} while it was tried (1 each is needed)`,
      es: `a llamadas de antes de abrirse ${agreeing.es(good + gone, 'llegó', 'llegaron')} ${counted.es(good, 'respuesta buena', 'respuestas buenas')} y ${counted.es(gone, 'timeout', 'timeouts')} con él abierto, y ${counted.es(tried, 'timeout', 'timeouts')} mientras se probaba (hace falta 1 de cada)`,
    },
  };
}

/** Calls that timed out while those were under way that were to close it. */
function amidProbes(story: Story): number {
  const all = story.of('late-failures').flatMap(({ calls }) => calls);
  const probes = all.filter(({ phase }) => phase === 'patient');
  const from = Math.min(...probes.map(({ at }) => at));
  const until = Math.min(...probes.filter(isGood).map(({ end }) => end));
  return all.filter(
    ({ phase, status, end }) => phase === 'late' && status === 'gone' && end > from && end < until,
  ).length;
}

function probesCame(story: Story, { closeAfter }: Limits): Coverage {
  const good = afterOpening(story, 'probes').filter(({ calls }) => calls.some(isGoodProbe)).length;
  return {
    condition: 'probes-came',
    met: good >= closeAfter,
    story: {
      en: `${counted.en(good, 'call', 'calls')} went well after it had been open, with a crowd that asked (${closeAfter} are needed)`,
      es: `${counted.es(good, 'llamada fue', 'llamadas fueron')} bien después de estar abierto, con una multitud que preguntaba (hacen falta ${closeAfter})`,
    },
  };
}

/** As many waited for the one dependency as are in nobody's way who keeps them apart. */
function neighbourHung(story: Story, { timeoutMs }: Limits): Coverage {
  const wanted = Math.floor((enough * besideStuck * timeoutMs) / 1000);
  const came = story.of('neighbour-stuck').length;
  const beside = story.of('neighbour-stuck', 'rates').length;
  return {
    condition: 'neighbour-hung',
    met: came >= wanted && beside > 0,
    story: {
      en: `${counted.en(came, 'request', 'requests')} for the dependency that hung (${wanted} are needed), and ${beside} for the one that was well`,
      es: `${counted.es(came, 'petición', 'peticiones')} a la dependencia atascada (hacen falta ${wanted}), y ${beside} a la que estaba bien`,
    },
  };
}

function probesHungUp(story: Story, { closeAfter }: Limits): Coverage {
  const left = hungUp(story).length;
  return {
    condition: 'probes-hung-up',
    met: left >= closeAfter,
    story: {
      en: `${counted.en(left, 'client', 'clients')} hung up while a probe was made for them (${closeAfter} are needed)`,
      es: `${agreeing.es(left, 'colgó', 'colgaron')} ${counted.es(left, 'cliente', 'clientes')} mientras se hacía una prueba por ellos (hacen falta ${closeAfter})`,
    },
  };
}

/** Whoever lets one through at a time has no probe that ends after its half-open time. */
function lateProbesCame(story: Story): Coverage {
  const came = (['late-probes', 'good-late'] as const).map((scene) => cameAmidProbes(story, scene));
  const missed = came.filter((one) => one === false).length;
  const amid = came.filter((one) => one === true).length;
  return {
    condition: 'late-probes-came',
    met: missed === 0,
    story: {
      en: `${counted.en(amid, 'probe', 'probes')} of an earlier half-open time came to an end while those of the next one were under way, and ${missed} too early or too late (none may be)`,
      es: `${agreeing.es(amid, 'acabó', 'acabaron')} ${counted.es(amid, 'prueba', 'pruebas')} de un medio abierto anterior con las del siguiente en curso, y ${missed} demasiado pronto o demasiado tarde (no puede haber ninguna)`,
    },
  };
}

/** A dependency that answers late by its own fault would be what is measured. */
function keptUp({ watches }: Story, limits: Limits): Coverage {
  const [latest] = watches
    .map(({ dependency, lateP99Ms }) => {
      const scene = scenes.find((one) => dependency.startsWith(`${one}/`)) ?? 'outage';
      return { lateMs: lateP99Ms, mostMs: limitsIn(scene, limits).slowMs / 2 };
    })
    .sort((a, b) => b.lateMs / b.mostMs - a.lateMs / a.mostMs);
  const { lateMs, mostMs } = latest ?? { lateMs: 0, mostMs: limits.slowMs / 2 };
  return {
    condition: 'dependency-kept-up',
    met: lateMs <= mostMs,
    story: {
      en: `99 of 100 answers of the lab's dependencies came at most ${Math.round(lateMs)} ms later than planned (${mostMs} ms are allowed)`,
      es: `99 de cada 100 respuestas de las dependencias del laboratorio llegaron como mucho ${Math.round(lateMs)} ms más tarde de lo previsto (se permiten ${mostMs} ms)`,
    },
  };
}
