import { finding, type Finding, type SpanSeen, type Text } from '../../../src/kata/index.js';
import type { Placed, Story } from '../story.js';

/** On the span, and on a line. */
export function errorsAreMarked(story: Story): Finding {
  const rule: Text = {
    en: 'A failed attempt is marked as an error, on its span and in the log.',
    es: 'Un intento fallido se marca como error, en su span y en el log.',
  };
  const one = failedIn(story);
  if (!one) return finding('errors-are-marked', rule, undefined);
  const isMarked = spansOf(one).some(
    ({ service, status }) => service === 'worker' && status === 'error',
  );
  const isLogged = one.logs.some(
    ({ role, fields }) =>
      role === 'worker' && /^(error|critical|fatal)$/i.test(textOf(fields?.['level'])),
  );
  const why: Text | undefined = !isMarked
    ? {
        en: 'no span of worker in its graph has the status error',
        es: 'ningún span de worker en su grafo tiene el estado de error',
      }
    : !isLogged
      ? {
          en: 'no line of worker about it has the level error',
          es: 'ninguna línea de worker sobre él tiene el nivel error',
        }
      : undefined;
  return finding('errors-are-marked', rule, why && witness(one, why));
}

/** Two attempts are two spans, and hang together. */
export function redeliveryIsASpan(story: Story): Finding {
  const rule: Text = {
    en: 'A message that comes again has a second processing span, in the same graph.',
    es: 'Un mensaje que vuelve a llegar tiene un segundo span de proceso, en el mismo grafo.',
  };
  const one = failedIn(story);
  if (!one) return finding('a-redelivery-is-a-span', rule, undefined);
  const consumers = spansOf(one).filter(
    ({ kind, service }) => kind === 'consumer' && service === 'worker',
  );
  const why: Text | undefined =
    consumers.length >= 2
      ? undefined
      : {
          en: `the message came twice, and its graph has ${consumers.length} consumer spans of worker`,
          es: `el mensaje llegó dos veces, y su grafo tiene ${consumers.length} spans de consumidor de worker`,
        };
  return finding('a-redelivery-is-a-span', rule, why && witness(one, why));
}

const failedIn = ({ placed }: Story): Placed | undefined =>
  placed.find(({ act, row }) => act === 'fails-once' && row !== undefined);

/** Of the graph with most of its thread: that it is cut, another rule says. */
function spansOf({ graphs }: Placed): readonly SpanSeen[] {
  return graphs.map(({ spans }) => spans).sort((a, b) => b.length - a.length)[0] ?? [];
}

function witness({ order, line, message }: Placed, why: Text) {
  return {
    story: {
      en: `the database refused ${order} once (history line ${line}): ${why.en}.`,
      es: `la base de datos rechazó ${order} una vez (línea ${line} del historial): ${why.es}.`,
    },
    lines: [line, ...(message ? [message.line] : [])],
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
