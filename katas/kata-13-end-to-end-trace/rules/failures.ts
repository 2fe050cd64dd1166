import { finding, type Finding, type SpanSeen, type Text } from '../../../src/kata/index.js';
import { failing, type FailingSku } from '../contract.js';
import type { LogLine, Placed, Story } from '../story.js';

/** On the span, and on a line. */
export function errorsAreMarked(story: Story): Finding {
  const rule: Text = {
    en: 'A failed attempt is marked as an error, on its span and in the log.',
    es: 'Un intento fallido se marca como error, en su span y en el log.',
  };
  for (const one of story.placed.filter(hasFailed)) {
    const why = unmarked(one);
    if (why) return finding('errors-are-marked', rule, witness(one, why));
  }
  return finding('errors-are-marked', rule, undefined);
}

/** Each attempt is a span, and they hang together. */
export function redeliveryIsASpan({ placed, again }: Story): Finding {
  const rule: Text = {
    en: 'A message that comes again has another processing span, in the same graph.',
    es: 'Un mensaje que vuelve a llegar tiene otro span de proceso, en el mismo grafo.',
  };
  for (const one of placed) {
    const wanted = 1 + refusalsOf(one) + (again.has(one.order) ? 1 : 0);
    if (wanted === 1 || one.row === undefined) continue;
    const spans = spansOf(one).filter(isAttempt).length;
    if (spans >= wanted) continue;
    const { order, line } = one;
    return finding('a-redelivery-is-a-span', rule, {
      story: {
        en: `the message of ${order} (history line ${line}) came ${wanted} times, and its graph has ${spans} consumer spans of worker.`,
        es: `el mensaje de ${order} (línea ${line} del historial) llegó ${wanted} veces, y su grafo tiene ${spans} spans de consumidor de worker.`,
      },
      lines: [line],
    });
  }
  return finding('a-redelivery-is-a-span', rule, undefined);
}

/** How often the database has refused it. */
function refusalsOf({ sku }: Placed): number {
  return Object.hasOwn(failing, sku) ? failing[sku as FailingSku] : 0;
}

const hasFailed = (one: Placed): boolean => refusalsOf(one) > 0 && one.row !== undefined;

function unmarked(one: Placed): Text | undefined {
  // Whichever graph it is in: that they are several, another rule says.
  const isMarked = one.graphs
    .flatMap(({ spans }) => spans)
    .some(({ service, status }) => service === 'worker' && status === 'error');
  if (!isMarked)
    return {
      en: 'no span of worker about it has the status error',
      es: 'ningún span de worker sobre él tiene el estado de error',
    };
  const errors = one.logs.filter(({ role, fields }) => role === 'worker' && isError(fields)).length;
  const wanted = refusalsOf(one);
  if (errors >= wanted) return undefined;
  return {
    en: `of ${wanted} failed attempts ${errors} have a line of worker with the level error`,
    es: `de ${wanted} intentos fallidos, ${errors} tienen una línea de worker con el nivel error`,
  };
}

const isError = (fields: LogLine['fields']): boolean =>
  /^(error|critical|fatal)$/i.test(textOf(fields?.['level']));

const isAttempt = ({ kind, service }: SpanSeen): boolean =>
  kind === 'consumer' && service === 'worker';

/** Of the graph with most of its thread: that it is cut, another rule says. */
function spansOf({ graphs }: Placed): readonly SpanSeen[] {
  return graphs.map(({ spans }) => spans).sort((a, b) => b.length - a.length)[0] ?? [];
}

function witness({ order, line, message }: Placed, why: Text) {
  return {
    story: {
      en: `the database refused ${order} (history line ${line}): ${why.en}.`,
      es: `la base de datos rechazó ${order} (línea ${line} del historial): ${why.es}.`,
    },
    lines: [line, ...(message ? [message.line] : [])],
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
