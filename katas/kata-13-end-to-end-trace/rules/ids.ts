import { finding, type Finding, type Text } from '../../../src/kata/index.js';
import { isRequestId } from '../contract.js';
import { headerOf, type LogLine, type Placed, type Story } from '../story.js';

/** One id for one request, in all that is left of it; and no other's. */
export function requestIdEverywhere({ placed, refused }: Story): Finding {
  const rule: Text = {
    en: 'The request id is in the answer, the message, the row and every line about the order.',
    es: 'El id de petición está en la respuesta, el mensaje, la fila y cada línea sobre el pedido.',
  };
  const seen = new Map<string, Placed>();
  for (const one of placed) {
    const why = wrongId(one) ?? twice(one, seen);
    if (why !== undefined)
      return finding('request-id-everywhere', rule, {
        story: {
          en: `${one.order} (history line ${one.line}): ${why.en}.`,
          es: `${one.order} (línea ${one.line} del historial): ${why.es}.`,
        },
        lines: [one.line, ...(one.message ? [one.message.line] : [])],
      });
    seen.set(one.requestIdSaid ?? '', one);
  }
  const bare = refused.find(({ requestId }) => requestId === null || !isRequestId(requestId));
  if (bare)
    return finding('request-id-everywhere', rule, {
      story: {
        en: `a request that was answered with 400 (${bare.what}, history line ${bare.line}) has no X-Request-Id in its answer.`,
        es: `una petición respondida con 400 (${bare.what}, línea ${bare.line} del historial) no lleva X-Request-Id en su respuesta.`,
      },
      lines: [bare.line],
    });
  return finding('request-id-everywhere', rule, undefined);
}

/** Every line that names an order can be read by a machine, and each role writes one at least. */
export function logsAreJson({ placed }: Story): Finding {
  const rule: Text = {
    en: 'Each role writes of each order, in JSON objects with level and message.',
    es: 'Cada rol escribe de cada pedido, en objetos JSON con level y message.',
  };
  for (const one of placed) {
    const why = badLog(one);
    if (why === undefined) continue;
    return finding('logs-are-json', rule, {
      story: {
        en: `${one.order} (history line ${one.line}): ${why.en}.`,
        es: `${one.order} (línea ${one.line} del historial): ${why.es}.`,
      },
      lines: [one.line],
    });
  }
  return finding('logs-are-json', rule, undefined);
}

function wrongId({ requestId, requestIdSaid: said, message, row, logs }: Placed): Text | undefined {
  if (said === null)
    return { en: 'the answer has no X-Request-Id', es: 'la respuesta no lleva X-Request-Id' };
  if (!isRequestId(said))
    return {
      en: `the answer has the X-Request-Id ${quoted(said)}, which is none`,
      es: `la respuesta lleva el X-Request-Id ${quoted(said)}, que no lo es`,
    };
  if (requestId !== undefined && isRequestId(requestId) && said !== requestId)
    return {
      en: `the client sent ${quoted(requestId)}, and was answered with ${quoted(said)}`,
      es: `el cliente envió ${quoted(requestId)}, y se le respondió con ${quoted(said)}`,
    };
  const inMessage = message && headerOf(message, 'x-request-id');
  if (message && inMessage !== said)
    return {
      en: `it is ${quoted(said)} in the answer, and ${quoted(inMessage)} in the message`,
      es: `es ${quoted(said)} en la respuesta, y ${quoted(inMessage)} en el mensaje`,
    };
  if (row && row.request_id !== said)
    return {
      en: `it is ${quoted(said)} in the answer, and ${quoted(row.request_id)} in the row`,
      es: `es ${quoted(said)} en la respuesta, y ${quoted(row.request_id)} en la fila`,
    };
  const line = logs.find(({ fields }) => fields !== undefined && fields['request_id'] !== said);
  return (
    line && {
      en: `it is ${quoted(said)}, and a line of ${line.role} about it says ${quoted(line.fields?.['request_id'])}: ${line.text.slice(0, 300)}`,
      es: `es ${quoted(said)}, y una línea de ${line.role} sobre él dice ${quoted(line.fields?.['request_id'])}: ${line.text.slice(0, 300)}`,
    }
  );
}

/** Two requests with one id can't be told apart any more. */
function twice({ requestIdSaid }: Placed, seen: ReadonlyMap<string, Placed>): Text | undefined {
  const other = seen.get(requestIdSaid ?? '');
  return (
    other && {
      en: `it has the request id ${quoted(requestIdSaid)}, and so has ${other.order} (line ${other.line})`,
      es: `lleva el id de petición ${quoted(requestIdSaid)}, igual que ${other.order} (línea ${other.line})`,
    }
  );
}

function badLog({ logs }: Placed): Text | undefined {
  const silent = ['api', 'worker'].find((role) => !logs.some((line) => line.role === role));
  if (silent !== undefined)
    return { en: `no line of ${silent} names it`, es: `ninguna línea de ${silent} lo nombra` };
  const text = logs.find(({ fields }) => fields === undefined);
  if (text)
    return {
      en: `${text.role} wrote of it what is no JSON object: ${shown(text)}`,
      es: `${text.role} escribió de él algo que no es un objeto JSON: ${shown(text)}`,
    };
  const bare = logs.find(
    ({ fields }) => typeof fields?.['message'] !== 'string' || typeof fields['level'] !== 'string',
  );
  return (
    bare && {
      en: `a line of ${bare.role} has no level or message: ${shown(bare)}`,
      es: `una línea de ${bare.role} no tiene level o message: ${shown(bare)}`,
    }
  );
}

const shown = ({ text }: LogLine): string => text.slice(0, 300);

const quoted = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : 'null');
