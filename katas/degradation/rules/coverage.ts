import { counted, pulseBeat, type Coverage } from '../../../src/kata/index.js';
import {
  attempts,
  capacity,
  lasts,
  plays,
  quietRate,
  routes,
  scenes,
  times,
  type Limits,
  type Scene,
} from '../contract.js';
import { settled, type Story } from '../story.js';
import { lateMs, mostLateMs } from './lateness.js';

/** First tries once all should have settled. */
const fewestAfter = 10;
/** Of what was to be sent. */
const enough = 0.6;

export function coverageOf(story: Story, strategy: string, limits: Limits): Coverage[] {
  const played = scenes.filter((scene) => plays(strategy, scene));
  return [
    ...played.map((scene) => playedWhole(story, scene, limits)),
    pulseBeat(fewestBeats(story)),
    keptUp(story),
    ...(played.includes('spike') ? [stormWasPossible(story, limits)] : []),
  ];
}

const quiet = (limits: Limits): number =>
  routes.reduce((sum, route) => sum + quietRate(route, limits), 0);

/** Requests a second that were to come in the trouble, those of the flood left out. */
function wantedRate(scene: Scene, limits: Limits): number {
  switch (scene) {
    case 'hang':
      return quiet(limits);
    case 'flood':
      return 32;
    case 'overload':
      return times * capacity(limits);
    case 'spike':
      return times * quiet(limits);
  }
}

function playedWhole(story: Story, scene: Scene, limits: Limits): Coverage {
  const sorts = scene === 'flood' ? ['polite'] : ['crowd'];
  const came = story
    .of(scene)
    .filter(
      ({ part, sort, attempt }) => part === 'trouble' && attempt === 1 && sorts.includes(sort),
    ).length;
  const wanted = Math.floor((enough * wantedRate(scene, limits) * lasts[scene].trouble) / 1000);
  const after = scene === 'flood' ? Infinity : settled(story, scene).length;
  return {
    condition: `${scene}-played`,
    met: came >= wanted && after >= fewestAfter,
    story: {
      en: `${counted.en(came, 'request', 'requests')} in the trouble (${wanted} are needed), ${Number.isFinite(after) ? `${after} after it (${fewestAfter})` : 'none after it'}`,
      es: `${counted.es(came, 'petición', 'peticiones')} durante el problema (hacen falta ${wanted}), ${Number.isFinite(after) ? `${after} después (${fewestAfter})` : 'ninguna después'}`,
    },
  };
}

/** In the act with fewest. */
function fewestBeats(story: Story): number {
  const beats = story.played.map((scene) => story.pulses(scene).beats);
  return beats.length > 0 ? Math.min(...beats) : 0;
}

function keptUp(story: Story): Coverage {
  const worst = lateMs(story, scenes);
  return {
    condition: 'services-kept-up',
    met: story.watches.length > 0 && worst <= mostLateMs,
    story: {
      en: `99 of 100 answers of the lab’s own services were late by ${Math.round(worst)} ms at most (${mostLateMs} are allowed)`,
      es: `99 de cada 100 respuestas de los servicios del laboratorio se retrasaron como mucho ${Math.round(worst)} ms (se permiten ${mostLateMs})`,
    },
  };
}

/** What makes it metastable: alone the base load is bearable, with all its further tries it is not. */
function stormWasPossible(story: Story, limits: Limits): Coverage {
  const most = capacity(limits);
  const base = quiet(limits);
  const inSpike = story.of('spike').filter(({ part }) => part === 'trouble').length;
  const offered = (1000 * inSpike) / lasts.spike.trouble;
  return {
    condition: 'storm-was-possible',
    met: base < most && base * attempts > most && offered > most,
    story: {
      en: `${Math.round(base)} requests a second, ${Math.round(base * attempts)} with every further try, ${Math.round(offered)} in the spike; ${Math.round(most)} can be done`,
      es: `${Math.round(base)} peticiones por segundo, ${Math.round(base * attempts)} con todos los reintentos, ${Math.round(offered)} en el pico; se pueden hacer ${Math.round(most)}`,
    },
  };
}
