import {
  allowedIn,
  finding,
  grouped,
  holds,
  longestSeconds,
  mustPass,
  worstWindow,
  type ClientLimit,
  type Finding,
  type Text,
} from '../../../src/kata/index.js';
import type { Limits } from '../contract.js';
import { isInTime, shown, wasCalled, type Request, type Story } from '../story.js';
import { fewAreBad, pausedBy, requestsOf, toldOf } from './chance.js';

const limitOf = ({ clientBurst: burst, clientRate: rate }: Limits): ClientLimit => ({
  burst,
  rate,
});

/** Let through by the limit, whatever became of it then. */
const isAdmitted = (request: Request): boolean =>
  wasCalled(request) || (request.answer !== undefined && request.answer.status === 200);

export function clientsKeepTheirLimit(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'In no window is a client let through more often than its burst and its rate allow, whatever it says of itself.',
    es: 'En ninguna ventana se deja pasar a un cliente más de lo que permiten su ráfaga y su ritmo, diga lo que diga de sí mismo.',
  };
  for (const [client, requests] of byClient(story)) {
    const worst = worstWindow(requests.filter(isAdmitted), limitOf(limits));
    if (!worst) continue;
    const { count, ms, first, last } = worst;
    const most = Math.floor(allowedIn(ms, limitOf(limits)));
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
      (one) =>
        one.answer?.status === 429 && mustPass(one, takenBefore(one, requests), limitOf(limits)),
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

/** One whose client hung up may have been decided at any time at all. @param all of the client's */
function takenBefore(one: Request, all: readonly Request[]): number[] {
  return all
    .filter((other) => other !== one && other.start <= one.end && other.answer?.status !== 429)
    .map(({ answer, end }) => (answer === undefined ? Number.POSITIVE_INFINITY : end));
}

/** Whoever comes back when told is let through; and is not sent away for longer than it takes. */
export function retryAfterIsTrue(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'The Retry-After of a 429 is true: who comes back then is let through, and it is no longer than it must be.',
    es: 'El Retry-After de un 429 es cierto: quien vuelve entonces pasa, y no es más largo de lo necesario.',
  };
  const name = 'retry-after-is-true';
  const told = story.of('flood').filter(({ answer }) => answer?.status === 429);
  const most = longestSeconds(limitOf(limits));
  const { clientRate } = limits;
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
