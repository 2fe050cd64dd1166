import { finding, holds, type Finding, type Text } from '../../../src/kata/index.js';
import { leastLeftMs, leastToldMs, type Limits } from '../contract.js';
import {
  isRefused,
  saidOf,
  tookMs,
  wasCalled,
  type Call,
  type Request,
  type Story,
} from '../story.js';
import { toldOf } from './chance.js';

/** What the client hears is what became of its call; a refusal makes none; no call without a client. */
export function answersAreTrue(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'A 200 is what the service said to the one call that was made for it; a refusal makes no call.',
    es: 'Un 200 es lo que dijo el servicio a la única llamada hecha por él; un rechazo no hace ninguna.',
  };
  const name = 'answers-are-true';
  const [stray] = story.strays;
  if (stray)
    return finding(name, rule, {
      story: {
        en: `a call came for ${stray.path}, which no client had asked for.`,
        es: `llegó una llamada por ${stray.path}, que ningún cliente había pedido.`,
      },
      lines: [stray.line],
    });
  for (const request of story.all) {
    const untrue = untrueOf(request, limits);
    if (untrue)
      return finding(name, rule, {
        story: {
          en: `${toldOf(request).en}: ${untrue.en}.`,
          es: `${toldOf(request).es}: ${untrue.es}.`,
        },
        lines: [...request.calls.map(({ line }) => line), request.line],
      });
  }
  return holds(name, rule);
}

function untrueOf(request: Request, limits: Limits): Text | undefined {
  const { answer, calls, route } = request;
  const elsewhere = calls.find(({ service }) => service !== route);
  if (elsewhere)
    return {
      en: `its call was made to the service of ${elsewhere.service}`,
      es: `su llamada se hizo al servicio de ${elsewhere.service}`,
    };
  if (calls.length > 1)
    return {
      en: `${calls.length} calls were made for it`,
      es: `se hicieron ${calls.length} llamadas`,
    };
  if (isRefused(request) && wasCalled(request))
    return {
      en: `it was refused, and a call had been made for it`,
      es: 'se rechazó, y se había hecho una llamada por ella',
    };
  switch (answer?.status) {
    case 200:
      return untrue200(calls, answer.value);
    case 502:
      return untrue502(request);
    case 504:
      return untrue504(request, limits);
    default:
      return undefined;
  }
}

function untrue200(calls: readonly Call[], said: number | undefined): Text | undefined {
  if (calls.some(({ value }) => value === said)) return undefined;
  return calls.length === 0
    ? {
        en: `it was told the value ${said}, and no call had been made for it`,
        es: `se le dijo el valor ${said}, y no se había hecho ninguna llamada por ella`,
      }
    : {
        en: `the service never gave the value ${said} for it`,
        es: `el servicio nunca dio para ella el valor ${said}`,
      };
}

const saidSo = (how: Call['how']): boolean => how === 'too-late' || how === 'cut-off';

function untrue502({ calls }: Request): Text | undefined {
  if (calls.some(({ how }) => how === 'worked'))
    return { en: 'the service had answered it well', es: 'el servicio la había respondido bien' };
  return calls.some(({ how }) => saidSo(how))
    ? { en: 'the service had said 504', es: 'el servicio había dicho 504' }
    : undefined;
}

/** Timers may be as much too early, milliseconds. */
const timerMs = 10;

/** Who gives up a little early, or because too little is left for the service, is right too. */
function earliest504Ms(withinMs: number, limits: Limits): number {
  const left = leastLeftMs(limits);
  return Math.max((withinMs - left) / 2, leastToldMs(withinMs) - left - timerMs);
}

function untrue504(request: Request, limits: Limits): Text | undefined {
  const { calls, withinMs, end: answered } = request;
  if (calls.some(({ how, end }) => saidSo(how) && end <= answered)) return undefined;
  return tookMs(request) < earliest504Ms(withinMs, limits)
    ? {
        en: `its client had given ${withinMs} ms, and the service had not said 504`,
        es: `su cliente había dado ${withinMs} ms, y el servicio no había dicho 504`,
      }
    : undefined;
}

/** Keys are known from a list; nobody else is let in, and no call is made for them. */
export function knowsItsClients(story: Story): Finding {
  const rule: Text = {
    en: 'Whoever has no key of the list gets 401, and no call is made; whoever has one never does.',
    es: 'Quien no tiene una clave de la lista recibe 401, sin llamada; quien la tiene, nunca.',
  };
  const wrong = story.all.find((one) => {
    const isStranger = one.sort === 'stranger';
    if (isStranger) return wasCalled(one) || (one.answer && one.answer.status !== 401);
    return one.answer?.status === 401;
  });
  if (!wrong) return holds('knows-its-clients', rule);
  const who = wrong.client === '' ? { en: 'no key at all', es: 'ninguna clave' } : undefined;
  return finding('knows-its-clients', rule, {
    story: {
      en: `${wrong.id} came with ${who?.en ?? `the key ${wrong.client}`} and was answered ${saidOf(wrong)}${wasCalled(wrong) ? ', with a call' : ''}.`,
      es: `${wrong.id} vino con ${who?.es ?? `la clave ${wrong.client}`} y recibió ${saidOf(wrong)}${wasCalled(wrong) ? ', con una llamada' : ''}.`,
    },
    lines: [wrong.line],
  });
}
