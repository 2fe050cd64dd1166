import { finding, grouped, holds, type Finding, type Text } from '../../../src/kata/index.js';
import type { Limits } from '../contract.js';
import { isInTime, shown, wasCalled, type Request, type Story } from '../story.js';
import { fewAreBad, pausedBy, requestsOf, toldOf } from './chance.js';

/** One more: clocks are read in whole milliseconds. */
const slack = 1;
/** Rounded up, and a second more. */
const longestSeconds = (rate: number): number => Math.ceil(1 / rate) + 1;

/** Let through by the limit, whatever became of it then. */
const isAdmitted = (request: Request): boolean =>
  wasCalled(request) || (request.answer !== undefined && request.answer.status === 200);

/** Whoever decided did so between the sending and the answer: so long a window may have been. */
export function clientsKeepTheirLimit(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'In no window is a client let through more often than its burst and its rate allow, whatever it says of itself.',
    es: 'En ninguna ventana se deja pasar a un cliente más de lo que permiten su ráfaga y su ritmo, diga lo que diga de sí mismo.',
  };
  for (const [client, requests] of byClient(story)) {
    const worst = worstWindow(requests.filter(isAdmitted), limits);
    if (!worst) continue;
    const { count, ms, first, last } = worst;
    const most = Math.floor(allowed(ms, limits));
    return finding('clients-keep-their-limit', rule, {
      story: {
        en: `${client} was let through ${count} times in ${shown(ms)} ms, from ${first.id} to ${last.id}; its burst of ${limits.clientBurst} and ${limits.clientRate} a second allow ${most}.`,
        es: `a ${client} se le dejó pasar ${count} veces en ${shown(ms)} ms, de ${first.id} a ${last.id}; su ráfaga de ${limits.clientBurst} y ${limits.clientRate} por segundo permiten ${most}.`,
      },
      lines: [first.line, last.line],
    });
  }
  return holds('clients-keep-their-limit', rule);
}

const allowed = (ms: number, { clientBurst, clientRate }: Limits): number =>
  clientBurst + (clientRate * ms) / 1000;

interface Window {
  readonly count: number;
  readonly ms: number;
  readonly first: Request;
  readonly last: Request;
  readonly over: number;
}

/** All windows from a sending to an answer; the one that is furthest over what is allowed. */
function worstWindow(admitted: readonly Request[], limits: Limits): Window | undefined {
  const byEnd = [...admitted].sort((a, b) => a.end - b.end);
  let worst: Window | undefined;
  for (const first of admitted) {
    let count = 0;
    for (const last of byEnd) {
      if (last.start < first.start) continue;
      count += 1;
      const ms = (last.end - first.start) / 1000;
      const over = count - allowed(ms, limits) - slack;
      if (over > 0 && over > (worst?.over ?? 0)) worst = { count, ms, first, last, over };
    }
  }
  return worst;
}

/** By key, of the acts that were played. */
function byClient(story: Story): ReadonlyMap<string, readonly Request[]> {
  const known = story.all.filter(({ scene, sort }) => scene !== 'warm-up' && sort !== 'stranger');
  return grouped(known, ({ scene, client }) => `${client} (${scene})`);
}

/** However the decisions fell within their time, the bucket had one left. */
export function noClientIsRefusedBelowIt(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'No client gets 429 that keeps its burst and its rate.',
    es: 'Ningún cliente que respeta su ráfaga y su ritmo recibe 429.',
  };
  const name = 'no-client-is-refused-below-it';
  for (const [client, requests] of byClient(story)) {
    const refused = requests.find(
      (one) => one.answer?.status === 429 && mustPass(one, requests, limits),
    );
    if (!refused) continue;
    const before = requests.filter((one) => one.end < refused.start && isAdmitted(one)).length;
    return finding(name, rule, {
      story: {
        en: `${client} got 429 for ${refused.id}, after it had been let through ${before} times in the whole act; its burst is ${limits.clientBurst}, its rate ${limits.clientRate} a second.`,
        es: `${client} recibió 429 por ${refused.id}, tras dejársele pasar ${before} veces en todo el acto; su ráfaga es ${limits.clientBurst}, su ritmo ${limits.clientRate} por segundo.`,
      },
      lines: [refused.line],
    });
  }
  return holds(name, rule);
}

/**
 * Those that were sent before it was answered may have been decided before it, in whatever order: each
 * as late as its answer, and one whose client hung up at any time at all.
 * @param all of the client's
 */
function mustPass(one: Request, all: readonly Request[], limits: Limits): boolean {
  const decided = ({ answer, end }: Request): number =>
    answer === undefined ? Number.POSITIVE_INFINITY : end;
  const taken = all
    .filter((other) => other !== one && other.start <= one.end && other.answer?.status !== 429)
    .map(decided)
    .sort((a, b) => a - b);
  return taken.every((at, n) => {
    const ms = Math.max(0, (one.start - at) / 1000);
    return taken.length - n + 1 <= allowed(ms, limits);
  });
}

/** Whoever comes back when told is let through; and is not sent away for longer than it takes. */
export function retryAfterIsTrue(story: Story, { clientRate }: Limits): Finding {
  const rule: Text = {
    en: 'The Retry-After of a 429 is true: who comes back then is let through, and it is no longer than it must be.',
    es: 'El Retry-After de un 429 es cierto: quien vuelve entonces pasa, y no es más largo de lo necesario.',
  };
  const name = 'retry-after-is-true';
  const told = story.of('flood').filter(({ answer }) => answer?.status === 429);
  const most = longestSeconds(clientRate);
  const wrong = told.find(({ answer }) => {
    const seconds = answer?.retryAfter ?? 0;
    return seconds < 1 || seconds > most;
  });
  if (wrong)
    return finding(name, rule, {
      story: {
        en: `${wrong.client} was told to come back after ${wrong.answer?.retryAfter} s (${wrong.id}); at ${clientRate} a second it is 1, and ${most} at most.`,
        es: `a ${wrong.client} se le dijo que volviera en ${wrong.answer?.retryAfter} s (${wrong.id}); con ${clientRate} por segundo es 1, y como mucho ${most}.`,
      },
      lines: [wrong.line],
    });
  const back = comeBack(story);
  if (back?.answer?.status !== 429) return holds(name, rule);
  return finding(name, rule, {
    story: {
      en: `${back.client} came back as it had been told, with nothing in between, and got 429 again (${back.id}).`,
      es: `${back.client} volvió cuando se le dijo, sin nada entremedias, y recibió 429 otra vez (${back.id}).`,
    },
    lines: [back.line],
  });
}

/** The patient client's second try. */
export const comeBack = (story: Story): Request | undefined =>
  story.of('flood').find(({ sort, attempt }) => sort === 'patient' && attempt === 2);

export function othersAreServed(story: Story): Finding {
  const rule: Text = {
    en: 'While one client floods, the others are answered in time.',
    es: 'Mientras un cliente inunda, a los demás se les responde a tiempo.',
  };
  const requests = story
    .of('flood')
    .filter(({ sort, part }) => sort === 'polite' && part === 'trouble');
  return fewAreBad('others-are-served', rule, {
    what: {
      en: 'requests of others without a good answer',
      es: 'peticiones de otros sin buena respuesta',
    },
    requests,
    isBad: (one) => !isInTime(one),
    isDoubtful: pausedBy(story.pulses('flood'), ({ withinMs }) => withinMs),
    witness: (bad, most) => ({
      en: `${bad.length} of ${requestsOf.en(requests.length)} of others got no good answer in time, such as ${toldOf(bad[0]).en}; chance allows ${most}.`,
      es: `${bad.length} de ${requestsOf.es(requests.length)} de otros se quedaron sin buena respuesta a tiempo, como ${toldOf(bad[0]).es}; el azar permite ${most}.`,
    }),
  });
}
