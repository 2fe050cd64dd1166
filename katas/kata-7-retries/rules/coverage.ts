import { agreeing, counted, pulseBeat } from '../../../src/kata/index.js';
import type { Coverage } from '../../../src/kata/index.js';
import {
  bounds,
  hasSlowConfirms,
  isJittered,
  isMixed,
  levels,
  waits,
  type Limits,
} from '../contract.js';
import type { HeldNote, WaveNote } from '../notes.js';
import type { Story } from '../story.js';
import { neededResolution, resolutionOf } from './draws.js';
import { metTheOutage } from './moves.js';
import { readPulse } from './pulse.js';
import { doublingTold, enough, waitsOf } from './waits.js';

const fewestInOutage = 6;
const fewestInWave = 60;

/** What must have happened to the worker. Where nothing waits, less of it can. */
export function coverageOf(story: Story, strategy: string, limits: Limits): Coverage[] {
  const all = [failuresCame(story), outageMet(story)];
  if (waits(strategy))
    all.push(levelsSeen(story, limits), pulseBeat(readPulse(story).beats, 5), waveCame(story));
  if (hasSlowConfirms(strategy, limits.broker)) all.push(confirmsWereLate(story));
  // Where all wait equally long, nobody can stand behind a longer wait.
  if (isMixed(strategy)) all.push(freshBehind(story, limits));
  if (isJittered(strategy)) all.push(drawsTold(story, strategy, limits));
  else if (isMixed(strategy)) all.push(doublingsTold(story, strategy, limits));
  return all;
}

function failuresCame({ charges }: Story): Coverage {
  const failures = charges.filter(({ status }) => status === 503).length;
  return {
    condition: 'failures-came',
    met: failures >= enough,
    story: {
      en: `${failures} attempts failed (${enough} are needed)`,
      es: `fallaron ${failures} intentos (hacen falta ${enough})`,
    },
  };
}

function outageMet(story: Story): Coverage {
  const met = metTheOutage(story).length;
  return {
    condition: 'outage-met',
    met: met >= fewestInOutage,
    story: {
      en: `${met} messages came while the dependency was down (${fewestInOutage} are needed)`,
      es: `llegaron ${met} mensajes mientras la dependencia no estaba (hacen falta ${fewestInOutage})`,
    },
  };
}

function levelsSeen(story: Story, limits: Limits): Coverage {
  const all = waitsOf(story);
  const counts = levels(limits).map((n) => all.filter(({ failed }) => failed === n).length);
  const fewest = Math.min(...counts);
  return {
    condition: 'waits-at-each-level',
    met: fewest >= enough,
    story: {
      en: `waits after 1, 2, … failed attempts: ${counts.join(', ')} (${enough} of each are needed)`,
      es: `esperas tras 1, 2, … intentos fallidos: ${counts.join(', ')} (hacen falta ${enough} de cada)`,
    },
  };
}

/** A fresh message failed while one before it stood in its longest wait. */
function freshBehind(story: Story, { attempts }: Limits): Coverage {
  const long = waitsOf(story).filter(({ failed }) => failed === attempts - 1);
  const came = story
    .of('fresh')
    .filter(({ charges: [first] }) =>
      long.some(({ from, to }) => first && first.line > from.line && first.line < to.line),
    ).length;
  return {
    condition: 'short-waits-behind-long-ones',
    met: came >= 1,
    story: {
      en: `${counted.en(came, 'message', 'messages')} began a short wait behind a long one (1 is needed)`,
      es: `${counted.es(came, 'mensaje empezó', 'mensajes empezaron')} una espera corta detrás de una larga (hace falta 1)`,
    },
  };
}

/** Whether another way of drawing would have shown, so late as everything was. */
function drawsTold(story: Story, strategy: string, limits: Limits): Coverage {
  const all = waitsOf(story).filter(({ failed }) => failed < limits.attempts);
  const resolution = resolutionOf(all, { strategy, limits, pulse: readPulse(story) });
  const percent = resolution === undefined ? undefined : Math.round(100 * resolution);
  const needed = Math.round(100 * neededResolution);
  return {
    condition: 'draws-can-be-told-apart',
    met: resolution !== undefined && resolution <= neededResolution,
    story: {
      en: `of the longest waits, a shift of ${percent ?? '–'} in a hundred could have been told (${needed} or fewer are needed)`,
      es: `de las esperas más largas, se habría notado que ${percent ?? '–'} de cada cien estuvieran en otro sitio (hacen falta ${needed} o menos)`,
    },
  };
}

/** Whether a wait twice as long would have shown. */
function doublingsTold(story: Story, strategy: string, limits: Limits): Coverage {
  const judge = { strategy, limits, pulse: readPulse(story) };
  const { failed, couldTellMs } = doublingTold(waitsOf(story), judge);
  const { most } = bounds(strategy, failed, limits);
  return {
    condition: 'waits-can-be-told-apart',
    met: couldTellMs < 2 * most,
    story: {
      en: `after ${failed} failed attempts a wait of ${Math.round(couldTellMs)} ms instead of ${most} ms could have been told (less than ${2 * most} ms is needed)`,
      es: `tras ${failed} intentos fallidos se habría notado una espera de ${Math.round(couldTellMs)} ms en vez de ${most} ms (hacen falta menos de ${2 * most} ms)`,
    },
  };
}

/** Enough of those that came after the pause failed. */
function waveCame(story: Story): Coverage {
  const [pause] = story.history.notes<WaveNote>('wave');
  const came = story.of('wave').filter(({ charges: [first] }) => first?.status === 503).length;
  return {
    condition: 'wave-came-after-a-pause',
    met: pause !== undefined && came >= fewestInWave,
    story: {
      en: `${counted.en(came, 'message', 'messages')} failed at once after a pause of ${pause?.value.idleMs ?? 0} ms (${fewestInWave} are needed)`,
      es: `${agreeing.es(came, 'falló', 'fallaron')} ${counted.es(came, 'mensaje', 'mensajes')} a la vez tras una pausa de ${pause?.value.idleMs ?? 0} ms (hacen falta ${fewestInWave})`,
    },
  };
}

function confirmsWereLate(story: Story): Coverage {
  const [held] = story.history.notes<HeldNote>('confirms-held');
  const ms = held?.value.reached ? held.value.forMs : 0;
  const isNone = held?.value.nothingToConfirm === true;
  return {
    condition: 'confirms-came-late',
    met: ms > 0 || isNone,
    story: {
      en: isNone
        ? 'nothing was published on, so nothing was confirmed'
        : `confirms came ${ms} ms late`,
      es: isNone
        ? 'no se volvió a publicar nada, así que no había nada que confirmar'
        : `los confirm llegaron ${ms} ms tarde`,
    },
  };
}
