import {
  allowedIn,
  finding,
  grouped,
  isOk,
  lineOf,
  longestSeconds,
  mustPass,
  worstWindow,
  type ClientLimit,
  type Finding,
  type Text,
} from '../../../src/kata/index.js';
import type { Placing, Story } from '../story.js';

const inFlood = ({ placings }: Story): Placing[] =>
  placings.filter(({ asked }) => asked.act === 'flood');
const is429 = ({ answer }: Placing): boolean => answer?.status === 429;

/** Of the flood: in the other acts services are replaced, and begin to count anew. */
export function keepsTheLimit(story: Story, limit: ClientLimit): Finding {
  const rule: Text = {
    en: 'In no window is a client let through more often than its burst and its rate allow.',
    es: 'En ninguna ventana se deja pasar a un cliente más de lo que permiten su ráfaga y su ritmo.',
  };
  for (const [client, requests] of grouped(inFlood(story), ({ asked }) => asked.client)) {
    const worst = worstWindow(requests.filter(isOk), limit);
    if (!worst) continue;
    const { count, first, last } = worst;
    const [ms, most] = [Math.round(worst.ms), Math.floor(allowedIn(worst.ms, limit))];
    return finding('clients-keep-their-limit', rule, {
      story: {
        en: `${client} was let through ${count} times in ${ms} ms; a burst of ${limit.burst} and ${limit.rate} a second allow ${most}.`,
        es: `a ${client} se le dejó pasar ${count} veces en ${ms} ms; una ráfaga de ${limit.burst} y ${limit.rate} por segundo permiten ${most}.`,
      },
      lines: [lineOf(first), lineOf(last)],
    });
  }
  return finding('clients-keep-their-limit', rule, undefined);
}

/** However the decisions fell within their time, the bucket had one left. */
export function refusesNobodyBelowIt({ placings }: Story, limit: ClientLimit): Finding {
  const name = 'no-client-is-refused-below-it';
  const rule: Text = {
    en: 'No client gets 429 that keeps its burst and its rate.',
    es: 'Ningún cliente que respeta su ráfaga y su ritmo recibe 429.',
  };
  for (const [client, requests] of grouped(placings, ({ asked }) => asked.client)) {
    const refused = requests.find(
      (one) => is429(one) && mustPass(one, takenBefore(one, requests), limit),
    );
    if (!refused) continue;
    const line = lineOf(refused);
    return finding(name, rule, {
      story: {
        en: `${client} got 429 (history line ${line}), and had kept its burst of ${limit.burst} and its rate of ${limit.rate} a second.`,
        es: `${client} recibió 429 (línea ${line} del historial), y había respetado su ráfaga de ${limit.burst} y su ritmo de ${limit.rate} por segundo.`,
      },
      lines: [line],
    });
  }
  return finding(name, rule, undefined);
}

/** One without an answer may have been decided at any time at all. */
function takenBefore(one: Placing, all: readonly Placing[]): number[] {
  return all
    .filter((other) => other !== one && other.start <= one.end && !is429(other))
    .map(({ outcome, end }) => (outcome === 'unknown' ? Number.POSITIVE_INFINITY : end));
}

export function retryAfterIsTrue(story: Story, limit: ClientLimit): Finding {
  const rule: Text = {
    en: 'The Retry-After of a 429 is true: who comes back then is let through, and it is no longer than it must be.',
    es: 'El Retry-After de un 429 es cierto: quien vuelve entonces pasa, y no es más largo de lo necesario.',
  };
  const told = inFlood(story).filter(is429);
  const most = longestSeconds(limit);
  const wrong = told.find(({ answer }) => {
    const seconds = answer?.retryAfter ?? 0;
    return seconds < 1 || seconds > most;
  });
  if (wrong) {
    const [seconds, line] = [wrong.answer?.retryAfter ?? 0, lineOf(wrong)];
    return finding('retry-after-is-true', rule, {
      story: {
        en: `a client was told to come back after ${seconds} s (history line ${line}); at ${limit.rate} a second it is 1, and ${most} at most.`,
        es: `a un cliente se le dijo que volviera en ${seconds} s (línea ${line} del historial); con ${limit.rate} por segundo es 1, y como mucho ${most}.`,
      },
      lines: [line],
    });
  }
  const back = comeBack(story);
  if (!back || !is429(back)) return finding('retry-after-is-true', rule, undefined);
  const line = lineOf(back);
  return finding('retry-after-is-true', rule, {
    story: {
      en: `the client came back as it had been told, with nothing in between, and got 429 again (history line ${line}).`,
      es: `el cliente volvió cuando se le dijo, sin nada entremedias, y recibió 429 otra vez (línea ${line} del historial).`,
    },
    lines: [line],
  });
}

/** Once the flood is over. */
export const comeBack = (story: Story): Placing | undefined =>
  inFlood(story).find(({ asked }) => asked.client === 'flood' && asked.sort === 'first');

export function othersAreServed(story: Story): Finding {
  const rule: Text = {
    en: 'While one client floods, the others are served.',
    es: 'Mientras un cliente inunda, a los demás se les atiende.',
  };
  const others = inFlood(story).filter(({ asked }) => asked.sort === 'bystander');
  const unserved = others.filter((one) => !isOk(one));
  const [one] = unserved;
  if (!one) return finding('others-are-served', rule, undefined);
  const line = lineOf(one);
  return finding('others-are-served', rule, {
    story: {
      en: `${unserved.length} of ${others.length} orders of others were not taken, such as that of ${one.asked.client}: ${one.answer?.status ?? 'no answer'} (history line ${line}).`,
      es: `${unserved.length} de ${others.length} pedidos de otros no se aceptaron, como el de ${one.asked.client}: ${one.answer?.status ?? 'sin respuesta'} (línea ${line} del historial).`,
    },
    lines: [line],
  });
}
