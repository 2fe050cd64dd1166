import {
  counted,
  finding,
  grouped,
  holds,
  withinTolerance,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { answerMs, earlyMs, longestRetryAfter, rejectsWithinMs, type Limits } from '../contract.js';
import {
  isSpared,
  shown,
  tookMs,
  wasAsked,
  type Call,
  type Request,
  type Story,
} from '../story.js';
import { limitsIn, scenes, type Scene } from '../notes.js';
import { brokenOff, neverMade } from './untold.js';

const everything = (story: Story): Request[] =>
  [...scenes, 'warm-up' as const].flatMap((scene) => [
    ...story.of(scene),
    ...story.of(scene, 'rates'),
  ]);

/** What the client hears is what became of its call, or is marked as something else. */
export function quotesAreTrue(story: Story, limits: Limits): Finding {
  const all = everything(story);
  const once = grouped(
    all.flatMap(({ id, kind, calls }) => calls.map((call) => ({ of: `${kind} ${id}`, call }))),
    ({ of }) => of,
  );
  const wasOnce = ({ id, kind, end }: Request, price: number): boolean =>
    (once.get(`${kind} ${id}`) ?? []).some(({ call }) => call.price === price && call.at < end);
  const rule: Text = {
    en: 'What is called live is the answer of the dependency, and a call that failed or was refused is told as such.',
    es: 'Lo que se llama live es la respuesta de la dependencia, y una llamada fallida o rechazada se cuenta como tal.',
  };
  for (const request of all.filter(({ isShared }) => !isShared)) {
    const untrue =
      untrueOf(request, limitsIn(request.scene, limits)) ?? untrueFallback(request, wasOnce);
    if (untrue)
      return finding('quotes-are-true', rule, {
        story: {
          en: `${request.id} was answered ${saidOf(request)}, and ${untrue.en}.`,
          es: `${request.id} recibió ${saidOf(request)}, y ${untrue.es}.`,
        },
        lines: [...request.calls.map(({ line }) => line), request.line],
      });
  }
  return brokenOff(rule, story) ?? neverMade(rule, story, limits) ?? holds('quotes-are-true', rule);
}

const saidOf = ({ answer }: Request): string =>
  answer ? `${answer.status}${answer.source ? ` ${answer.source}` : ''}` : '–';

/** @returns what is known of the call that the answer contradicts */
function untrueOf(request: Request, limits: Limits): Text | undefined {
  const { answer, calls } = request;
  if (!answer) return undefined;
  if (answer.source === 'live')
    return calls.some((call) => isGood(call) && call.price === answer.price)
      ? undefined
      : {
          en: `the dependency never gave the price ${answer.price} for it`,
          es: `la dependencia nunca dio para ella el precio ${answer.price}`,
        };
  if (answer.status === 404)
    return calls.some(({ status }) => status === 404) ? undefined : nobodySaid404;
  const isRejection = answer.status === 503 || answer.source === 'fallback';
  const withinMs = isRejection ? limits.slowMs : limits.timeoutMs;
  if (calls.length > 0 && calls.every(isGood) && isInTime(request, withinMs, limits))
    return wasGood;
  if (answer.status === 503 && calls.some(({ at }) => at < request.end)) return wasCalled;
  return isRejection ? undefined : untrueFailure(request, limits);
}

/** What is slow for the breaker is a good answer for its client, where it came before any other was given. */
const isInTime = (request: Request, withinMs: number, { timeoutMs }: Limits): boolean =>
  tookMs(request) < withinMs ||
  (tookMs(request) < timeoutMs - timerMs && request.calls.every(({ end }) => end < request.end));

const isGood = ({ status }: Call): boolean => status === 200;

/** Of 502 and 504. */
function untrueFailure(request: Request, { timeoutMs }: Limits): Text | undefined {
  const { answer, calls } = request;
  if (calls.length === 0) return tookMs(request) < timeoutMs ? noCall : undefined;
  if (answer?.status === 504)
    return tookMs(request) < timeoutMs - timerMs ? wasNoTimeOut : undefined;
  // It hung up on all of them: nothing had failed but its patience.
  const isGone = ({ status }: Call): boolean => status === 'gone';
  return calls.every(isGone) && tookMs(request) >= timeoutMs ? wasTimeOut : undefined;
}

/** What a client is given instead has to be of this quote. */
function untrueFallback(
  request: Request,
  wasOnce: (request: Request, price: number) => boolean,
): Text | undefined {
  const { source, price } = request.answer ?? {};
  if (source !== 'fallback' || typeof price !== 'number' || wasOnce(request, price))
    return undefined;
  return {
    en: `${price} had never been a price of it until then`,
    es: `${price} nunca había sido un precio suyo hasta entonces`,
  };
}

/** Timers may be as much too early, milliseconds. */
const timerMs = 5;

const wasNoTimeOut: Text = {
  en: 'its client had waited for less than the time-out: a call that failed is 502',
  es: 'su cliente había esperado menos que el tiempo límite: una llamada que falló es 502',
};
const wasTimeOut: Text = {
  en: 'its call was given up after the time-out: that is 504',
  es: 'su llamada se abandonó tras el tiempo límite: eso es 504',
};

const nobodySaid404: Text = {
  en: 'the dependency never said so',
  es: 'la dependencia nunca dijo eso',
};
const wasGood: Text = {
  en: 'the dependency had answered its call well, and in time',
  es: 'la dependencia había respondido bien a su llamada, y a tiempo',
};
const wasCalled: Text = {
  en: 'a call had been made for it: one that failed is 502, one that took too long 504',
  es: 'se había hecho una llamada por ella: una fallida es 502, una demasiado larga 504',
};
const noCall: Text = {
  en: 'no call was made for it: that is a rejection, which is 503 with Retry-After',
  es: 'no se hizo ninguna llamada por ella: eso es un rechazo, que es 503 con Retry-After',
};

/** However long the dependency takes. Half of the clients, so that no pause decides. */
export function answersInBoundedTime(story: Story, { timeoutMs }: Limits): Finding {
  const rule: Text = {
    en: 'Nobody waits much longer than the time-out, whatever the dependency does.',
    es: 'Nadie espera mucho más que el tiempo límite, haga lo que haga la dependencia.',
  };
  const stuck = story.phase('outage', 'stuck');
  const asked = story
    .of('outage')
    .filter((one) => stuck && one.start >= stuck.from && one.start < stuck.until && wasAsked(one));
  const middle = middleOf(asked, tookMs);
  const margin = {
    what: { en: 'half of the answers', es: 'la mitad de las respuestas' },
    value: middle ? Math.min(10_000, tookMs(middle)) : 0,
    limit: timeoutMs + answerMs,
    unit: 'ms',
    resolution: stuck ? story.pulses('outage').meanWithin(stuck.from, stuck.until) : 0,
  };
  const half = withinTolerance(
    'answers-in-bounded-time',
    rule,
    margin,
    () => lateAnswer(asked, middle, timeoutMs),
    { onlyAdds: true },
  );
  if (half.holds !== true) return half;
  const retries = [
    retriesInTime(rule, 'outage', asked, story, timeoutMs),
    retriesInTime(rule, 'neighbour-stuck', story.of('neighbour-stuck'), story, timeoutMs),
  ];
  return (
    retries.find(({ holds }) => holds === false) ??
    retries.find(({ holds }) => holds === null) ??
    half
  );
}

/** A retry has what is left of the time-out: few enough are retried to be in no middle. */
function retriesInTime(
  rule: Text,
  scene: Scene,
  asked: readonly Request[],
  story: Story,
  timeoutMs: number,
): Finding {
  // Its client waited for it, and so did the call: what nobody waits for may go on.
  const waited = ({ start, end, calls }: Request): number =>
    Math.min(
      10_000,
      tookMs({ start, end: Math.min(end, Math.max(...calls.map((call) => call.end))) }),
    );
  const longest = asked
    .filter(({ calls }) => calls.length > 1)
    .reduce<Request | undefined>(
      (most, one) => (most && waited(most) >= waited(one) ? most : one),
      undefined,
    );
  const margin = {
    what: { en: 'the longest wait for a retry', es: 'la espera más larga por un reintento' },
    value: longest ? waited(longest) : 0,
    limit: timeoutMs + answerMs,
    unit: 'ms',
    resolution: longest
      ? story.pulses(scene).worst(longest.start, longest.start + waited(longest) * 1000)
      : 0,
  };
  return withinTolerance('answers-in-bounded-time', rule, margin, () => ({
    story: {
      en: `for ${longest?.id} ${longest?.calls.length} calls were made, and the last was given up only ${shown(margin.value)} ms after it had come; the time-out is ${timeoutMs} ms, and a retry has what is left of it.`,
      es: `por ${longest?.id} se hicieron ${longest?.calls.length} llamadas, y la última se abandonó solo ${shown(margin.value)} ms después de que llegara la petición; el tiempo límite es ${timeoutMs} ms, y un reintento tiene lo que queda de él.`,
    },
    lines: longest ? [...longest.calls.map(({ line }) => line), longest.line] : [],
  }));
}

function lateAnswer(
  asked: readonly Request[],
  middle: Request | undefined,
  timeoutMs: number,
): Witness {
  const ms = middle ? shown(tookMs(middle)) : '–';
  return {
    story: {
      en: `while the dependency was stuck, ${counted.en(asked.length, 'client was', 'clients were')} made to wait for it, half of them ${ms} ms or longer, such as ${middle?.id}; the time-out is ${timeoutMs} ms.`,
      es: `con la dependencia atascada, ${counted.es(asked.length, 'cliente tuvo', 'clientes tuvieron')} que esperarla, la mitad ${ms} ms o más, como ${middle?.id}; el tiempo límite es ${timeoutMs} ms.`,
    },
    lines: middle ? [...middle.calls.map(({ line }) => line), middle.line] : [],
  };
}

export function rejectionsAreQuick(story: Story): Finding {
  const rule: Text = {
    en: 'Whoever is rejected hears so at once.',
    es: 'A quien se rechaza se le dice al momento.',
  };
  const spared = story.of('outage').filter(isSpared);
  const middle = middleOf(spared, tookMs);
  const [first, last] = [spared[0], spared.at(-1)];
  const margin = {
    what: { en: 'half of the rejections', es: 'la mitad de los rechazos' },
    value: middle ? tookMs(middle) : 0,
    limit: rejectsWithinMs,
    unit: 'ms',
    resolution: first && last ? story.pulses('outage').meanWithin(first.start, last.end) : 0,
  };
  return withinTolerance(
    'rejections-are-quick',
    rule,
    margin,
    () => ({
      story: {
        en: `of ${counted.en(spared.length, 'rejection', 'rejections')} half took ${shown(margin.value)} ms or longer, such as that of ${middle?.id}, for which nobody was asked.`,
        es: `de ${counted.es(spared.length, 'rechazo', 'rechazos')}, la mitad tardó ${shown(margin.value)} ms o más, como el de ${middle?.id}, por la que no se preguntó a nadie.`,
      },
      lines: middle ? [middle.line] : [],
    }),
    { onlyAdds: true },
  );
}

export function retryAfterIsHonest(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'Retry-After sends nobody away for longer than the open time and the time-out, and nobody back while it is still open.',
    es: 'Retry-After no manda a nadie fuera más que el tiempo abierto y el tiempo límite, ni le hace volver cuando aún está abierto.',
  };
  const longest = longestRetryAfter(limits);
  const far = story.of('outage').find(({ answer }) => (answer?.retryAfter ?? 0) > longest);
  if (!far) return tooSoon(rule, story, limits) ?? holds('retry-after-is-honest', rule);
  return finding('retry-after-is-honest', rule, {
    story: {
      en: `${far.id} was told to come back in ${far.answer?.retryAfter} s; after ${limits.openMs} ms it is worth asking again, and ${longest} s are the most.`,
      es: `a ${far.id} se le dijo que volviera en ${far.answer?.retryAfter} s; pasados ${limits.openMs} ms merece la pena volver a preguntar, y ${longest} s son lo máximo.`,
    },
    lines: [far.line],
  });
}

/** It opened when the last call that it let through had been sent, and is open until that and the open time. */
function tooSoon(rule: Text, story: Story, { openMs }: Limits): Finding | undefined {
  const all = story.of('outage');
  const spared = all.find(isSpared);
  const last = all.findLast((one) => spared && one.start < spared.start && wasAsked(one));
  if (!spared || !last) return undefined;
  const leftMs = ({ end }: Request): number => openMs - earlyMs - (end - last.start) / 1000;
  const early = all.find(
    (one) =>
      one.start >= spared.start &&
      isSpared(one) &&
      one.answer?.retryAfter !== undefined &&
      1000 * one.answer.retryAfter < leftMs(one),
  );
  if (!early) return undefined;
  return finding('retry-after-is-honest', rule, {
    story: {
      en: `${early.id} was told to come back in ${early.answer?.retryAfter} s; it had opened after ${last.id} was sent and stays so for ${openMs} ms, so at least ${shown(leftMs(early))} ms were left.`,
      es: `a ${early.id} se le dijo que volviera en ${early.answer?.retryAfter} s; se había abierto después de enviarse ${last.id} y sigue así ${openMs} ms, así que quedaban al menos ${shown(leftMs(early))} ms.`,
    },
    lines: [last.line, early.line],
  });
}

/** The one that as many are above as below. */
export function middleOf<T>(values: readonly T[], by: (value: T) => number): T | undefined {
  return [...values].sort((a, b) => by(a) - by(b))[Math.floor((values.length - 1) / 2)];
}
