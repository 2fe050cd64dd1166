import {
  finding,
  isOk,
  undecided,
  type Finding,
  type SpanGraph,
  type SpanKind,
  type Text,
} from '../../../src/kata/index.js';
import { roles, type RoleName } from '../contract.js';
import { graphsOfOrder, type Story, type Tale } from '../story.js';
import { isBusy } from './outcomes.js';

/** Those of an act that went all the way. */
export function whole({ tales }: Story, act: string): Tale[] {
  return tales.filter(
    ({ expects, order }) => expects?.act === act && order?.status === 'CONFIRMED',
  );
}

/** In these no process is killed, nor while anything of them is still to be undone. */
const undoing = new Set(['calm', 'declined', 'out-of-stock', 'not-deliverable', 'provider']);

/** What was rejected, by whoever refused or at its deadline, and whose client was answered. */
export function undoneIn({ tales }: Story, acts: ReadonlySet<string> = undoing): Tale[] {
  return tales.filter(
    ({ expects, order, placed }) =>
      acts.has(expects?.act ?? '') && order?.status === 'REJECTED' && placed.slice(0, 1).some(isOk),
  );
}

const kinds: Readonly<Record<RoleName, readonly SpanKind[]>> = {
  orders: ['server', 'producer', 'consumer'],
  payments: ['consumer', 'client', 'producer'],
  inventory: ['consumer', 'client', 'producer'],
  shipping: ['consumer', 'client', 'producer'],
};

const isHandedOn = ({ spans }: SpanGraph): boolean => spans.some(({ kind }) => kind === 'consumer');

/**
 * What the thread of a confirmed order lacks; undefined where it is whole. Who asks again for an order is another request,
 * of which nothing is handed on: its graph is its own.
 */
function lackOf(all: readonly SpanGraph[]): Text | undefined {
  const torn = tearOf(all);
  if (torn) return torn;
  const graph = threadsIn(all)[0];
  for (const role of roles)
    for (const kind of kinds[role])
      if (!graph?.spans.some((span) => span.service === role && span.kind === kind))
        return {
          en: `${role} told of no ${kind} span`,
          es: `${role} no contó ningún span ${kind}`,
        };
  return undefined;
}

function threadsIn(all: readonly SpanGraph[]): readonly SpanGraph[] {
  const handedOn = all.filter(isHandedOn);
  return handedOn.length > 0 ? handedOn : all;
}

/** Where it is not one, however far the order came. */
function tearOf(all: readonly SpanGraph[]): Text | undefined {
  const [graph, other, ...more] = threadsIn(all);
  if (!graph) return { en: 'no span tells of it', es: 'ningún span habla de él' };
  if (other)
    return {
      en: `${more.length + 2} graphs tell of it that nothing joins`,
      es: `hablan de él ${more.length + 2} grafos que nada une`,
    };
  const [orphan] = graph.orphans;
  return (
    orphan && {
      en: `the span "${orphan.name}" of ${orphan.service} has a parent that nobody told of`,
      es: `el span «${orphan.name}» de ${orphan.service} tiene un padre del que nadie habló`,
    }
  );
}

/** From the client's request over four programs, whatever they are written in. */
export function oneGraphAnOrder(story: Story): Finding {
  const rule: Text = {
    en: 'The spans of one order are one connected graph over all four services.',
    es: 'Los spans de un pedido forman un grafo conexo por los cuatro servicios.',
  };
  return threads(story, 'one-graph-an-order', rule, [
    ...whole(story, 'calm').map((tale) => ({ tale, lack: lackOf })),
    ...undoneIn(story).map((tale) => ({ tale, lack: tearOf })),
  ]);
}

/** Services were told to end with orders under way: what they had in hand is not to be lost. */
export function nothingIsLostAtShutdown(story: Story): Finding {
  const rule: Text = {
    en: 'What was told of before SIGTERM is exported before the end.',
    es: 'Lo registrado antes de SIGTERM se exporta antes del final.',
  };
  // Who is slow to start again is late for some of them; what was done until then is told all the same.
  const found = threads(story, 'nothing-is-lost-at-shutdown', rule, [
    ...whole(story, 'sigterm').map((tale) => ({ tale, lack: lackOf })),
    ...undoneIn(story, new Set(['sigterm'])).map((tale) => ({ tale, lack: tearOf })),
  ]);
  if (found.holds !== false || !isBusy(story)) return found;
  return undecided(found.invariant, rule, tooSlow);
}

const tooSlow: Text = {
  en: 'this machine was so slow that the last spans may only have come too late',
  es: 'esta máquina iba tan lenta que quizá los últimos spans solo llegaron tarde',
};

interface Judged {
  readonly tale: Tale;
  readonly lack: (graphs: readonly SpanGraph[]) => Text | undefined;
}

function threads(story: Story, name: string, rule: Text, orders: readonly Judged[]): Finding {
  const cut = orders.flatMap(({ tale, lack }) => {
    const why = lack(graphsOfOrder(story, tale.id));
    return why ? [{ tale, lack: why }] : [];
  });
  const [first] = cut;
  if (!first) return finding(name, rule, undefined);
  const { tale, lack } = first;
  return finding(name, rule, {
    story: {
      en: `of ${orders.length} orders ${cut.length} have no whole thread. ${tale.id}: ${lack.en}.`,
      es: `de ${orders.length} pedidos, ${cut.length} no tienen el hilo entero. ${tale.id}: ${lack.es}.`,
    },
    lines: tale.placedOn.slice(0, 1),
  });
}

export function clientsContextGoesOn(story: Story): Finding {
  const rule: Text = {
    en: 'The context of a client goes on: its order is in its trace.',
    es: 'El contexto de un cliente continúa: su pedido está en su traza.',
  };
  for (const tale of whole(story, 'calm')) {
    const sent = tale.placed[0]?.asked.traceparent;
    const trace = sent?.split('-')[1];
    if (trace === undefined) continue;
    if (graphsOfOrder(story, tale.id).some(({ traceIds }) => traceIds.includes(trace))) continue;
    return finding('the-clients-context-goes-on', rule, {
      story: {
        en: `the client of order ${tale.id} sent the trace ${trace}, and no span of the order is in it.`,
        es: `el cliente del pedido ${tale.id} mandó la traza ${trace}, y ningún span del pedido está en ella.`,
      },
      lines: tale.placedOn.slice(0, 1),
    });
  }
  return finding('the-clients-context-goes-on', rule, undefined);
}
