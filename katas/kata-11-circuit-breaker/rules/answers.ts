import {
  counted,
  finding,
  holds,
  withinTolerance,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { answerMs, rejectsWithinMs, type Limits } from '../contract.js';
import {
  isSpared,
  shown,
  tookMs,
  wasAsked,
  type Call,
  type Request,
  type Story,
} from '../story.js';
import { scenes } from '../notes.js';

const everything = (story: Story): Request[] =>
  [...scenes, 'warm-up' as const].flatMap((scene) => [
    ...story.of(scene),
    ...story.of(scene, 'rates'),
  ]);

/** What the client hears is what became of its call, or is marked as something else. */
export function quotesAreTrue(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'What is called live is the answer of the dependency, and a call that failed or was refused is told as such.',
    es: 'Lo que se llama live es la respuesta de la dependencia, y una llamada fallida o rechazada se cuenta como tal.',
  };
  for (const request of everything(story)) {
    const untrue = untrueOf(request, limits);
    if (untrue)
      return finding('quotes-are-true', rule, {
        story: {
          en: `${request.id} was answered ${saidOf(request)}, and ${untrue.en}.`,
          es: `${request.id} recibió ${saidOf(request)}, y ${untrue.es}.`,
        },
        lines: [...request.calls.map(({ line }) => line), request.line],
      });
  }
  return holds('quotes-are-true', rule);
}

const saidOf = ({ answer }: Request): string =>
  answer ? `${answer.status}${answer.source ? ` ${answer.source}` : ''}` : '–';

/** @returns what is known of the call that the answer contradicts */
function untrueOf(request: Request, { slowMs, timeoutMs }: Limits): Text | undefined {
  const { answer, calls } = request;
  if (!answer) return undefined;
  const isGood = ({ status }: Call): boolean => status === 200;
  if (answer.source === 'live')
    return calls.some((call) => isGood(call) && call.price === answer.price)
      ? undefined
      : {
          en: `the dependency never gave the price ${answer.price} for it`,
          es: `la dependencia nunca dio para ella el precio ${answer.price}`,
        };
  if (answer.status === 404)
    return calls.some(({ status }) => status === 404) ? undefined : nobodySaid404;
  const all = calls.length > 0 && calls.every(isGood);
  const isRejection = answer.status === 503 || answer.source === 'fallback';
  if (all && tookMs(request) < (isRejection ? slowMs : timeoutMs)) return wasGood;
  if (isRejection || calls.length > 0) return undefined;
  return tookMs(request) < timeoutMs ? noCall : undefined;
}

const nobodySaid404: Text = {
  en: 'the dependency never said so',
  es: 'la dependencia nunca dijo eso',
};
const wasGood: Text = {
  en: 'the dependency had answered its call well, and in time',
  es: 'la dependencia había respondido bien a su llamada, y a tiempo',
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
    resolution: stuck ? story.pulses('outage').mean(stuck.from, stuck.until) : 0,
  };
  return withinTolerance('answers-in-bounded-time', rule, margin, () =>
    lateAnswer(asked, middle, timeoutMs),
  );
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
    resolution: first && last ? story.pulses('outage').mean(first.start, last.end) : 0,
  };
  return withinTolerance('rejections-are-quick', rule, margin, () => ({
    story: {
      en: `of ${counted.en(spared.length, 'rejection', 'rejections')} half took ${shown(margin.value)} ms or longer, such as that of ${middle?.id}, for which nobody was asked.`,
      es: `de ${counted.es(spared.length, 'rechazo', 'rechazos')}, la mitad tardó ${shown(margin.value)} ms o más, como el de ${middle?.id}, por la que no se preguntó a nadie.`,
    },
    lines: middle ? [middle.line] : [],
  }));
}

/** The one that as many are above as below. */
export function middleOf<T>(values: readonly T[], by: (value: T) => number): T | undefined {
  return [...values].sort((a, b) => by(a) - by(b))[Math.floor((values.length - 1) / 2)];
}
