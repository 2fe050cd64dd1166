import { finding, lineOf, type Finding, type Text } from '../../../src/kata/index.js';
import { httpSeconds, processed, requestIdHeader, type RoleName } from '../contract.js';
import type { Story, Tale } from '../story.js';
import { undoneIn, whole } from './threads.js';

/** One id for one request: in the answer, every message, every call and every line of the order. */
export function requestIdEverywhere(story: Story): Finding {
  const name = 'request-id-everywhere';
  const rule: Text = {
    en: 'The request id is in the answer, in every message and call, and in every line about the order.',
    es: 'El id de petición está en la respuesta, en cada mensaje y llamada, y en cada línea sobre el pedido.',
  };
  for (const tale of [...whole(story, 'calm'), ...undoneIn(story)]) {
    const why = strayIn(story, tale);
    if (!why) continue;
    return finding(name, rule, {
      story: { en: `order ${tale.id}: ${why.en}.`, es: `pedido ${tale.id}: ${why.es}.` },
      lines: tale.placedOn.slice(0, 1),
    });
  }
  return finding(name, rule, undefined);
}

function strayIn({ calls, logs }: Story, tale: Tale): Text | undefined {
  const [first] = tale.placed;
  const sent = first?.asked.requestId;
  const said = first?.answer?.requestId;
  if (said === undefined) return { en: 'its answer has none', es: 'su respuesta no lleva ninguno' };
  if (sent !== undefined && said !== sent)
    return {
      en: `its client sent ${sent}, and was answered with ${said}`,
      es: `su cliente mandó ${sent}, y la respuesta llevaba ${said}`,
    };
  const message = tale.messages.find(({ headers }) => headers[requestIdHeader] !== said);
  if (message)
    return {
      en: `${message.name} carries ${shown(message.headers[requestIdHeader])} (history line ${message.line}), not ${said}`,
      es: `${message.name} lleva ${shown(message.headers[requestIdHeader])} (línea ${message.line} del historial), no ${said}`,
    };
  const call = calls.find(
    ({ text, path, headers }) =>
      (text.includes(tale.id) || path.includes(tale.id)) && headers[requestIdHeader] !== said,
  );
  if (call)
    return {
      en: `the call ${call.path} carries ${shown(call.headers[requestIdHeader])} (history line ${call.line}), not ${said}`,
      es: `la llamada ${call.path} lleva ${shown(call.headers[requestIdHeader])} (línea ${call.line} del historial), no ${said}`,
    };
  for (const { role, told } of logs) {
    const line = told.find((text) => text.includes(tale.id) && !text.includes(said));
    if (line !== undefined)
      return {
        en: `a line of ${role} about it lacks ${said}: ${line.slice(0, 160)}`,
        es: `a una línea de ${role} sobre él le falta ${said}: ${line.slice(0, 160)}`,
      };
  }
  return undefined;
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : 'none');

export function logsAreJson(story: Story): Finding {
  const rule: Text = {
    en: 'Each service writes of each order, an object of JSON a line, with level and message.',
    es: 'Cada servicio escribe de cada pedido, un objeto JSON por línea, con level y message.',
  };
  const orders = whole(story, 'calm');
  for (const { role, told } of story.logs) {
    const wrong = told.find((text) => !isRightLine(text));
    const silent = orders.find(({ id }) => !told.some((text) => text.includes(id)));
    if (wrong === undefined && silent === undefined) continue;
    const why: Text =
      wrong === undefined
        ? {
            en: `no line of ${role} tells of order ${silent?.id ?? '?'}`,
            es: `ninguna línea de ${role} habla del pedido ${silent?.id ?? '?'}`,
          }
        : {
            en: `a line of ${role} is none: ${wrong.slice(0, 160)}`,
            es: `una línea de ${role} no lo es: ${wrong.slice(0, 160)}`,
          };
    return finding('logs-are-json', rule, {
      story: { en: `${why.en}.`, es: `${why.es}.` },
      lines: silent ? silent.placedOn.slice(0, 1) : [],
    });
  }
  return finding('logs-are-json', rule, undefined);
}

function isRightLine(text: string): boolean {
  try {
    const { level, message } = (JSON.parse(text) ?? {}) as { level?: unknown; message?: unknown };
    return typeof level === 'string' && typeof message === 'string';
  } catch {
    return false;
  }
}

/** At the end of the calm day, before any service was started anew. */
export function metricsTell(story: Story): Finding {
  const rule: Text = {
    en: 'The metrics of each service count its requests and messages: none less than the lab saw.',
    es: 'Las métricas de cada servicio cuentan sus peticiones y mensajes: ninguna menos de las que vio el laboratorio.',
  };
  const calm = whole(story, 'calm');
  for (const { role, samples, line } of story.scraped) {
    for (const { name, least } of expectedOf(role, calm.length)) {
      const is = samples
        .filter((one) => one.name === processed && one.labels['outcome'] === 'ok')
        .filter(({ labels }) => labels['message'] === name)
        .reduce((sum, { value }) => sum + value, 0);
      if (is >= least) continue;
      return finding('metrics-tell', rule, {
        story: {
          en: `${role} took ${least} × ${name} on the calm day, and its ${processed} says ${is} (history line ${line}).`,
          es: `${role} recibió ${least} × ${name} en el día tranquilo, y su ${processed} dice ${is} (línea ${line} del historial).`,
        },
        lines: [line],
      });
    }
    if (role !== 'orders') continue;
    const taken = samples
      .filter((one) => one.name === `${httpSeconds}_count`)
      .filter(({ labels }) => labels['http_response_status_code'] === '202')
      .reduce((sum, { value }) => sum + value, 0);
    const least = calm.flatMap(({ placed }) => placed.filter(({ outcome }) => outcome === 'ok'));
    if (taken >= least.length) continue;
    return finding('metrics-tell', rule, {
      story: {
        en: `orders answered ${least.length} times with 202, first on history line ${least[0] ? lineOf(least[0]) : 0}, and its ${httpSeconds} says ${taken}.`,
        es: `orders respondió ${least.length} veces 202, la primera en la línea ${least[0] ? lineOf(least[0]) : 0} del historial, y su ${httpSeconds} dice ${taken}.`,
      },
      lines: [line],
    });
  }
  return finding('metrics-tell', rule, undefined);
}

function expectedOf(role: RoleName, least: number): { name: string; least: number }[] {
  const names = {
    orders: ['PaymentAuthorized', 'StockReserved', 'ParcelBooked'],
    payments: ['AuthorizePayment'],
    inventory: ['ReserveStock'],
    shipping: ['BookParcel'],
  } as const satisfies Readonly<Record<RoleName, readonly string[]>>;
  return names[role].map((name) => ({ name, least }));
}
