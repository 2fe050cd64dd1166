import { finding, type Finding, type Text } from '../../../src/kata/index.js';
import { requestIdHeader } from '../contract.js';
import { isRightLine } from '../contract/log-line.js';
import type { Story, Tale } from '../story.js';
import { undoneIn, whole } from './threads.js';

/** One id for one request: in the answer, every message, every call and every line of the order. */
export function requestIdEverywhere(story: Story): Finding {
  const name = 'request-id-everywhere';
  const rule: Text = {
    en: 'The request id is in the answer, in every message and call, and in every line about the order.',
    es: 'El id de petición está en la respuesta, en cada mensaje y llamada, y en cada línea sobre el pedido.',
  };
  const orders = [...whole(story, 'calm'), ...undoneIn(story), ...whole(story, 'provider')];
  for (const tale of orders) {
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
  const asked = idsOf(tale);
  for (const { role, told } of logs) {
    const line = told.find(
      (text) => text.includes(tale.id) && !asked.some((id) => text.includes(id)),
    );
    if (line !== undefined)
      return {
        en: `a line of ${role} about it lacks ${said}: ${line.slice(0, 160)}`,
        es: `a una línea de ${role} sobre él le falta ${said}: ${line.slice(0, 160)}`,
      };
  }
  return undefined;
}

/** Who asks for it once more is another request, with an id of its own. */
const idsOf = ({ placed }: Tale): readonly string[] =>
  placed.flatMap(({ asked, answer }) =>
    [asked.requestId, answer?.requestId ?? undefined].filter(isText),
  );

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const shown = (value: unknown): string => (typeof value === 'string' ? value : 'none');

export function logsAreJson(story: Story): Finding {
  const rule: Text = {
    en: 'Each service writes of each order, an object of JSON a line, with level and message.',
    es: 'Cada servicio escribe de cada pedido, un objeto JSON por línea, con level y message.',
  };
  const orders = whole(story, 'calm');
  for (const { role, told, strays } of story.logs) {
    const onBadDays = story.outageLogs.find((one) => one.role === role);
    const wrong = told.find((text) => !isRightLine(text)) ?? strays?.[0] ?? onBadDays?.strays[0];
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
