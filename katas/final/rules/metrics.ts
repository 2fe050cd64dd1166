import { finding, isOk, lineOf, type Finding, type Text } from '../../../src/kata/index.js';
import { httpSeconds, processed, roles, type RoleName } from '../contract.js';
import type { Scraped } from '../notes.js';
import type { Story } from '../story.js';
import { whole } from './threads.js';

type Seen = Scraped & { readonly line: number };

/** Of the calm day, of what came once the broker and the databases were back, and of what came again. */
export function metricsTell(story: Story): Finding {
  const rule: Text = {
    en: 'The metrics of each service count its requests and messages: none less than the lab saw.',
    es: 'Las métricas de cada servicio cuentan sus peticiones y mensajes: ninguna menos de las que vio el laboratorio.',
  };
  const why = shortOn(story, 'calm') ?? shortOn(story, 'restarts') ?? shortOfAgain(story);
  return finding('metrics-tell', rule, why);
}

type Short = NonNullable<Parameters<typeof finding>[2]>;

function shortOn(story: Story, act: 'calm' | 'restarts'): Short | undefined {
  const orders = whole(story, act).filter(({ expects }) => expects?.undisturbed);
  const taken = orders.flatMap(({ placed }) => placed.filter(isOk));
  const [before, after] = act === 'calm' ? [undefined, 'calm'] : ['before', 'after'];
  for (const role of roles) {
    const last = story.scraped.find((one) => one.role === role && (one.when ?? 'calm') === after);
    const first = story.scraped.find((one) => one.role === role && one.when === before);
    if (!last || (before !== undefined && !first)) continue;
    const since = (value: (seen: Seen) => number): number =>
      value(last) - (first ? value(first) : 0);
    for (const name of names[role]) {
      const is = since((seen) => messagesIn(seen, name));
      if (is < orders.length)
        return fewMessages({ role, name, is, least: orders.length }, last, act);
    }
    const is = since(requestsIn);
    if (role === 'orders' && is < taken.length)
      return {
        story: {
          en: `orders answered ${taken.length} times with 202${whens[act].en}, first on history line ${taken[0] ? lineOf(taken[0]) : 0}, and its ${httpSeconds} says ${is}.`,
          es: `orders respondió ${taken.length} veces 202${whens[act].es}, la primera en la línea ${taken[0] ? lineOf(taken[0]) : 0} del historial, y su ${httpSeconds} dice ${is}.`,
        },
        lines: [last.line],
      };
  }
  return undefined;
}

/** A message that comes again, and of which nothing was done before, is done, and counts, like any other. */
function shortOfAgain({ cameAgain, scraped }: Story): Short | undefined {
  for (const { role, met, done: least } of cameAgain) {
    const of = (when: Scraped['when']) =>
      scraped.find((one) => one.role === role && one.when === when);
    const [first, last, name] = [of('in-hand'), of('again'), names[role].at(-1)];
    if (!met || !first || !last || name === undefined) continue;
    const is = messagesIn(last, name) - messagesIn(first, name);
    if (is < least) return fewMessages({ role, name, is, least }, last, 'again');
  }
  return undefined;
}

interface Few {
  readonly role: RoleName;
  readonly name: string;
  readonly is: number;
  readonly least: number;
}

const whens: Readonly<Record<'calm' | 'restarts' | 'again', Text>> = {
  calm: { en: ' on the calm day', es: ' en el día tranquilo' },
  restarts: {
    en: ' once the broker and the databases were back',
    es: ' cuando volvieron el broker y las bases',
  },
  again: {
    en: ' as the broker was gone with one of them in hand, which came again',
    es: ' mientras el broker no estaba, con uno de ellos entre manos, que volvió a llegar',
  },
};

function fewMessages(
  { role, name, is, least }: Few,
  { line }: Seen,
  act: keyof typeof whens,
): Short {
  return {
    story: {
      en: `${role} took ${least} × ${name}${whens[act].en}, and its ${processed} says ${is} (history line ${line}).`,
      es: `${role} recibió ${least} × ${name}${whens[act].es}, y su ${processed} dice ${is} (línea ${line} del historial).`,
    },
    lines: [line],
  };
}

function messagesIn({ samples }: Seen, message: string): number {
  return samples
    .filter(({ name, labels }) => name === processed && labels['outcome'] === 'ok')
    .filter(({ labels }) => labels['message'] === message)
    .reduce((sum, { value }) => sum + value, 0);
}

function requestsIn({ samples }: Seen): number {
  return samples
    .filter(({ name }) => name === `${httpSeconds}_count`)
    .filter(({ labels }) => labels['http_response_status_code'] === '202')
    .reduce((sum, { value }) => sum + value, 0);
}

const names: Readonly<Record<RoleName, readonly string[]>> = {
  orders: ['PaymentAuthorized', 'StockReserved', 'ParcelBooked'],
  payments: ['AuthorizePayment'],
  inventory: ['ReserveStock'],
  shipping: ['BookParcel'],
};
