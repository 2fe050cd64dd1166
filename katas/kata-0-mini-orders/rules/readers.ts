import { counted, finding, lineOf, type Finding, type Text } from '../../../src/kata/index.js';
import { named } from './words.js';
import type { Acknowledged, Reading, Story } from './story.js';

export function readableFromEveryReplica(story: Story): Finding {
  const rule: Text = {
    en: 'Every acknowledged order can be read from every replica.',
    es: 'Cada pedido confirmado se puede leer en todas las réplicas.',
  };
  const miss = missing(story, (line, readLine) => !isAcross(story, line, readLine));
  if (!miss) return finding('readable-from-every-replica', rule, undefined);
  const { order, read, count } = miss;
  const asked = read.asked.replica;
  const where: Text =
    asked === order.replica
      ? { en: 'the same replica', es: 'la misma réplica' }
      : { en: `replica ${asked}`, es: `la réplica ${asked}` };
  return finding('readable-from-every-replica', rule, {
    story: {
      en: `order ${named(order.id)} was acknowledged by replica ${order.replica} (history line ${order.line}), and ${where.en} answers 404 for it (line ${lineOf(read)}); ${counted.en(count, 'read', 'reads')} missed an acknowledged order in this way.`,
      es: `el pedido ${named(order.id)} lo confirmó la réplica ${order.replica} (línea ${order.line} del historial), y ${where.es} responde 404 por él (línea ${lineOf(read)}); a ${counted.es(count, 'lectura le', 'lecturas les')} faltó así un pedido confirmado.`,
    },
    lines: [order.line, lineOf(read)],
  });
}

export function survivesTheRestart(story: Story): Finding {
  const rule: Text = {
    en: 'Every order acknowledged before the restart can be read after it.',
    es: 'Cada pedido confirmado antes del reinicio se puede leer después.',
  };
  const miss = missing(story, (line, readLine) => isAcross(story, line, readLine));
  if (!miss) return finding('survives-the-restart', rule, undefined);
  const { order, read, count } = miss;
  return finding('survives-the-restart', rule, {
    story: {
      en: `order ${named(order.id)} was acknowledged by replica ${order.replica} (history line ${order.line}); after the restart (line ${story.restartLine}) replica ${read.asked.replica} answers 404 for it (line ${lineOf(read)}); ${counted.en(count, 'read', 'reads')} missed an acknowledged order in this way.`,
      es: `el pedido ${named(order.id)} lo confirmó la réplica ${order.replica} (línea ${order.line} del historial); después del reinicio (línea ${story.restartLine}) la réplica ${read.asked.replica} responde 404 por él (línea ${lineOf(read)}); a ${counted.es(count, 'lectura le', 'lecturas les')} faltó así un pedido confirmado.`,
    },
    lines: [order.line, story.restartLine, lineOf(read)],
  });
}

/** The restart lies between the acknowledgement and the reading. */
function isAcross({ restartLine }: Story, line: number, readLine: number): boolean {
  return line < restartLine && readLine > restartLine;
}

/** The first 404 for an order that was acknowledged before the question was asked. */
function missing(
  { reads, placed }: Story,
  concerns: (line: number, readLine: number) => boolean,
): { order: Acknowledged; read: Reading; count: number } | undefined {
  const misses = reads.flatMap((read) => {
    const order = placed.get(read.asked.id);
    if (read.outcome !== 'fail' || !order || order.line > read.invokedOn) return [];
    return concerns(order.line, read.invokedOn) ? [{ order, read }] : [];
  });
  return misses[0] && { ...misses[0], count: misses.length };
}
