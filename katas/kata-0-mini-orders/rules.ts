import {
  finding,
  lineOf,
  type CheckResult,
  type Finding,
  type History,
  type Operation,
  type Text,
  type UpstreamCall,
  type Witness,
} from '../../src/kata/index.js';
import { orderOf, type Abandoned, type Final, type Order, type Read } from './notes.js';

type Placing = Operation<Order & Read, Order>;
type Reading = Operation<Read, Order>;

/** What the rules look at, drawn once from the history. */
interface Story {
  /** Acknowledged orders by id; of several acknowledgements, the first. */
  readonly placed: ReadonlyMap<string, Acknowledged>;
  /** Everything that was ever sent, with its item. */
  readonly sent: ReadonlyMap<string, string>;
  readonly reads: readonly Reading[];
  readonly calls: readonly { readonly order: string | undefined; readonly line: number }[];
  readonly abandoned: { readonly value: Abandoned; readonly line: number };
  readonly restartLine: number;
  readonly final: Final;
}

interface Acknowledged {
  readonly id: string;
  readonly replica: string;
  readonly line: number;
}

/** Pure: what clients were told, against what replicas answer and what was seen from outside. */
export function check(history: History): CheckResult {
  const story = readStory(history);
  const called = story.calls.flatMap(({ order }) => order ?? []);
  return {
    findings: [
      readableFromEveryReplica(story),
      survivesTheRestart(story),
      readsBackAsSent(story),
      confirmedUpstream(story),
      nothingInvented(story),
    ],
    coverage: [retried(story), acknowledgedBeforeTheRestart(story)],
    figures: {
      acknowledged: story.placed.size,
      rows: story.final.rows.length,
      calls: story.calls.length,
      repeatedCalls: called.length - new Set(called).size,
    },
  };
}

function readStory(history: History): Story {
  const [abandoned] = history.notes<Abandoned>('abandoned');
  const [restart] = history.notes('restart');
  const [final] = history.notes<Final>('final');
  if (!abandoned || !restart || !final)
    throw new Error('the history has no abandoned request, no restart or no final state');
  const placings: readonly Placing[] = history.operations<Order & Read, Order>('place');
  const { order, replica, status } = abandoned.value;
  const told = placings.filter(({ outcome }) => outcome === 'ok').map(acknowledged);
  if (status === 201) told.unshift({ id: order.id, replica, line: abandoned.line });
  return {
    placed: new Map(told.reverse().map((one) => [one.id, one])),
    sent: new Map([order, ...placings.map(({ asked }) => asked)].map(({ id, item }) => [id, item])),
    reads: history.operations<Read, Order>('read'),
    calls: history
      .notes<UpstreamCall>('upstream-call')
      .map(({ value, line }) => ({ order: orderOf(value), line })),
    abandoned,
    restartLine: restart.line,
    final: final.value,
  };
}

function acknowledged({ asked: { id, replica }, invokedOn, completedOn }: Placing): Acknowledged {
  return { id, replica, line: completedOn ?? invokedOn };
}

function readableFromEveryReplica(story: Story): Finding {
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
      en: `order ${order.id} was acknowledged by replica ${order.replica} (history line ${order.line}), and ${where.en} answers 404 for it (line ${lineOf(read)}); ${count} reads missed an acknowledged order in this way.`,
      es: `el pedido ${order.id} lo confirmó la réplica ${order.replica} (línea ${order.line} del historial), y ${where.es} responde 404 por él (línea ${lineOf(read)}); a ${count} lecturas les faltó así un pedido confirmado.`,
    },
    lines: [order.line, lineOf(read)],
  });
}

function survivesTheRestart(story: Story): Finding {
  const rule: Text = {
    en: 'Every order acknowledged before the restart can be read after it.',
    es: 'Cada pedido confirmado antes del reinicio se puede leer después.',
  };
  const miss = missing(story, (line, readLine) => isAcross(story, line, readLine));
  if (!miss) return finding('survives-the-restart', rule, undefined);
  const { order, read, count } = miss;
  return finding('survives-the-restart', rule, {
    story: {
      en: `order ${order.id} was acknowledged by replica ${order.replica} (history line ${order.line}); after the restart (line ${story.restartLine}) replica ${read.asked.replica} answers 404 for it (line ${lineOf(read)}); ${count} reads missed an acknowledged order in this way.`,
      es: `el pedido ${order.id} lo confirmó la réplica ${order.replica} (línea ${order.line} del historial); después del reinicio (línea ${story.restartLine}) la réplica ${read.asked.replica} responde 404 por él (línea ${lineOf(read)}); a ${count} lecturas les faltó así un pedido confirmado.`,
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

function readsBackAsSent({ reads, sent }: Story): Finding {
  const rule: Text = {
    en: 'An order is read as it was sent.',
    es: 'Un pedido se lee tal como se envió.',
  };
  const wrong = reads.find(({ outcome, answer, asked: { id } }) => {
    const item = sent.get(id);
    return outcome === 'ok' && item !== undefined && (answer?.id !== id || answer.item !== item);
  });
  if (!wrong) return finding('reads-back-as-sent', rule, undefined);
  const { asked, answer } = wrong;
  const item = sent.get(asked.id) ?? '';
  const came = `${answer?.id ?? ''} (${answer?.item ?? ''})`;
  return finding('reads-back-as-sent', rule, {
    story: {
      en: `order ${asked.id} was sent with the item ${item}, and replica ${asked.replica} answers with ${came} (history line ${lineOf(wrong)}).`,
      es: `el pedido ${asked.id} se envió con el artículo ${item}, y la réplica ${asked.replica} responde con ${came} (línea ${lineOf(wrong)} del historial).`,
    },
    lines: [lineOf(wrong)],
  });
}

/** More than once is allowed: who can't know whether a call arrived must repeat it. */
function confirmedUpstream({ placed, calls }: Story): Finding {
  const rule: Text = {
    en: 'Every acknowledged order was confirmed upstream at least once.',
    es: 'Cada pedido confirmado al cliente se confirmó también al servicio de detrás, al menos una vez.',
  };
  const called = new Set(calls.map(({ order }) => order));
  const silent = [...placed.values()].filter(({ id }) => !called.has(id));
  const one = silent.sort((a, b) => a.line - b.line)[0];
  if (!one) return finding('confirmed-upstream', rule, undefined);
  return finding('confirmed-upstream', rule, {
    story: {
      en: `order ${one.id} was acknowledged by replica ${one.replica} (history line ${one.line}), but no POST /confirmations about it ever came upstream; so it is for ${silent.length} of ${placed.size} orders.`,
      es: `el pedido ${one.id} lo confirmó la réplica ${one.replica} (línea ${one.line} del historial), pero al servicio de detrás nunca le llegó un POST /confirmations por él; así les pasa a ${silent.length} de ${placed.size} pedidos.`,
    },
    lines: [one.line],
  });
}

function nothingInvented(story: Story): Finding {
  const rule: Text = {
    en: 'No order and no confirmation appears that nobody sent.',
    es: 'No aparece ningún pedido ni ninguna confirmación que nadie envió.',
  };
  return finding('nothing-invented', rule, invented(story));
}

function invented({ reads, sent, calls, final }: Story): Witness | undefined {
  const read = reads.find(({ outcome, asked }) => outcome === 'ok' && !sent.has(asked.id));
  if (read)
    return {
      story: {
        en: `nobody sent the order ${read.asked.id}, yet replica ${read.asked.replica} answers 200 for it (history line ${lineOf(read)}).`,
        es: `nadie envió el pedido ${read.asked.id}, y aun así la réplica ${read.asked.replica} responde 200 por él (línea ${lineOf(read)} del historial).`,
      },
      lines: [lineOf(read)],
    };
  const row = final.rows.find(({ id }) => !sent.has(id));
  if (row)
    return {
      story: {
        en: `the table has a row for the order ${row.id}, which nobody sent.`,
        es: `la tabla tiene una fila del pedido ${row.id}, que nadie envió.`,
      },
      lines: [],
    };
  const call = calls.find(({ order }) => order === undefined || !sent.has(order));
  return (
    call && {
      story: {
        en: `the call upstream on history line ${call.line} is about ${call.order ?? 'no order at all'}, which nobody sent (expected: POST /confirmations {"order": "o-17"}).`,
        es: `la llamada al servicio de detrás en la línea ${call.line} del historial trata de ${call.order ?? 'ningún pedido'}, que nadie envió (se espera: POST /confirmations {"order": "o-17"}).`,
      },
      lines: [call.line],
    }
  );
}

/** A program that answers before it calls is asked twice as well, only without a reason. */
function retried({ abandoned: { value } }: Story): CheckResult['coverage'][number] {
  const { outcome, order } = value;
  return {
    condition: 'request-retried',
    met: outcome !== 'no-answer',
    story: {
      en: `the client of ${order.id} waits for its order's call upstream, gives up and asks again (came: ${outcome})`,
      es: `el cliente de ${order.id} espera a que su pedido llame al servicio de detrás, se rinde y pide otra vez (pasó: ${outcome})`,
    },
  };
}

function acknowledgedBeforeTheRestart(story: Story): CheckResult['coverage'][number] {
  const { placed, restartLine } = story;
  const early = [...placed.values()].filter(({ line }) => line < restartLine);
  return {
    condition: 'acknowledged-by-both-before-the-restart',
    met: new Set(early.map(({ replica }) => replica)).size === 2,
    story: {
      en: `${early.length} orders were acknowledged before the restart (at least one by each replica is needed)`,
      es: `${early.length} pedidos se confirmaron antes del reinicio (hace falta al menos uno de cada réplica)`,
    },
  };
}
