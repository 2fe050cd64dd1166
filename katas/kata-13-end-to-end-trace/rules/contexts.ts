import { finding, type Finding, type Text, type Witness } from '../../../src/kata/index.js';
import { contextIn, headerOf, isSampled, type Placed, type Story } from '../story.js';

/** The client is the parent of the server's span, in its trace. */
export function clientsContextGoesOn({ placed }: Story): Finding {
  const rule: Text = {
    en: 'A valid traceparent of a client goes on: its trace, its span as parent.',
    es: 'Un traceparent válido del cliente continúa: su traza, y su span como padre.',
  };
  const wrong = placed
    .filter(({ context }) => context === 'sampled')
    .find((one) => {
      const client = contextIn(one.traceparent);
      const servers = serversOf(one);
      return (
        servers.length > 0 &&
        !servers.some(
          ({ traceId, parentId }) => traceId === client?.traceId && parentId === client.spanId,
        )
      );
    });
  return finding(
    'the-clients-context-goes-on',
    rule,
    wrong &&
      told(wrong, {
        en: `the client sent ${wrong.traceparent ?? ''}, and ${serverWords(wrong).en}`,
        es: `el cliente envió ${wrong.traceparent ?? ''}, y ${serverWords(wrong).es}`,
      }),
  );
}

/** A new trace begins, as if nothing had come. */
export function invalidIsReplaced({ placed }: Story): Finding {
  const rule: Text = {
    en: 'An invalid traceparent is as none: a new trace begins.',
    es: 'Un traceparent no válido es como ninguno: empieza una traza nueva.',
  };
  const wrong = placed
    .filter(({ context }) => context === 'invalid')
    .find((one) => {
      const [, given = ''] = (one.traceparent ?? '').toLowerCase().split('-');
      return serversOf(one).some(
        ({ traceId, parentId }) => parentId !== undefined || traceId.startsWith(given),
      );
    });
  return finding(
    'an-invalid-context-is-replaced',
    rule,
    wrong &&
      told(wrong, {
        en: `the client sent ${wrong.traceparent ?? ''}, which is invalid, and ${serverWords(wrong).en}`,
        es: `el cliente envió ${wrong.traceparent ?? ''}, que no es válido, y ${serverWords(wrong).es}`,
      }),
  );
}

/** Who says "not sampled" has paid for nothing. */
export function notSampledIsNotExported({ placed, spans }: Story): Finding {
  const rule: Text = {
    en: 'Of a context that is not sampled no span is exported.',
    es: 'De un contexto no muestreado no se exporta ningún span.',
  };
  const unwanted = new Map(
    placed
      .filter(({ context }) => context === 'not-sampled')
      .map((one) => [contextIn(one.traceparent)?.traceId, one]),
  );
  const span = spans.find(({ traceId }) => unwanted.has(traceId));
  const one = unwanted.get(span?.traceId);
  return finding(
    'not-sampled-is-not-exported',
    rule,
    span &&
      one &&
      told(one, {
        en: `the client sent ${one.traceparent ?? ''} (flags 00), and ${span.service} exported "${span.name}" of that trace`,
        es: `el cliente envió ${one.traceparent ?? ''} (flags 00), y ${span.service} exportó "${span.name}" de esa traza`,
      }),
  );
}

/** But whoever comes after is to know. */
export function notSampledIsHandedOn({ placed }: Story): Finding {
  const rule: Text = {
    en: 'A context that is not sampled goes on in the message, with its flag.',
    es: 'Un contexto no muestreado continúa en el mensaje, con su flag.',
  };
  const wrong = placed
    .filter(({ context, message }) => context === 'not-sampled' && message !== undefined)
    .find((one) => {
      const handed = contextIn(one.message && headerOf(one.message, 'traceparent'));
      return (
        handed?.traceId !== contextIn(one.traceparent)?.traceId || isSampled(handed?.flags ?? 1)
      );
    });
  const came = wrong?.message && headerOf(wrong.message, 'traceparent');
  return finding(
    'not-sampled-is-handed-on',
    rule,
    wrong &&
      told(wrong, {
        en: `the client sent ${wrong.traceparent ?? ''}, and its message has ${came === undefined ? 'no traceparent' : `the traceparent ${came}`}`,
        es: `el cliente envió ${wrong.traceparent ?? ''}, y su mensaje ${came === undefined ? 'no lleva traceparent' : `lleva el traceparent ${came}`}`,
      }),
  );
}

function serversOf({ graphs, order }: Placed) {
  return graphs
    .flatMap(({ spans }) => spans)
    .filter(
      ({ kind, service, attributes }) =>
        kind === 'server' && service === 'api' && attributes['order.id'] === order,
    );
}

function serverWords(one: Placed): Text {
  const [server] = serversOf(one);
  const { traceId = '', parentId } = server ?? {};
  return {
    en: `the server span is of the trace ${traceId}, ${parentId === undefined ? 'without a parent' : `with the parent ${parentId}`}`,
    es: `el span de servidor es de la traza ${traceId}, ${parentId === undefined ? 'sin padre' : `con el padre ${parentId}`}`,
  };
}

function told({ order, line, message }: Placed, what: Text): Witness {
  return {
    story: {
      en: `${order} (history line ${line}): ${what.en}.`,
      es: `${order} (línea ${line} del historial): ${what.es}.`,
    },
    lines: [line, ...(message ? [message.line] : [])],
  };
}
