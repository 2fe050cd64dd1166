import {
  graphsOf,
  grouped,
  isOk,
  lineOf,
  sequencesOf,
  type Holding,
  type History,
  type ObservedNote,
  type Operation,
  type SagaMessage,
  type SagaTale,
  type SpanGraph,
  type UpstreamCall,
} from '../../src/kata/index.js';
import { facts, isFact, orderAttribute, sequence, type Fact } from './contract.js';
import type {
  Asked,
  Away,
  CameAgain,
  Crash,
  Expects,
  Final,
  Interposed,
  LogNote,
  MemoryNote,
  OrderRow,
  OutageLog,
  Outside,
  Overdue,
  Overtaken,
  Phase,
  Placed,
  ReadEarly,
  Replaced,
  Scraped,
  Seeded,
  Stopping,
  Unsettled,
} from './notes.js';
import { recoveriesIn, type Recovery } from './story/recovery.js';

export type Placing = Operation<Asked, Placed>;

export interface Seen extends SagaMessage {
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Microseconds since the case began. */
  readonly at: number;
}

/** All that is known of one order that the experiment meant, and of its row where there is one. */
export interface Tale extends SagaTale {
  readonly address: string;
  readonly expects: Expects | undefined;
  readonly placed: readonly Placing[];
  readonly order: OrderRow | undefined;
  /** Further rows of the same wish: it was ordered more than once. */
  readonly others: readonly OrderRow[];
  readonly messages: readonly Seen[];
}

export interface Story {
  readonly tales: readonly Tale[];
  readonly placings: readonly Placing[];
  readonly messages: readonly Seen[];
  readonly seeded: Seeded;
  readonly final: Final;
  readonly outside: Outside;
  readonly crashes: readonly Crash[];
  readonly away: readonly Away[];
  readonly cameAgain: readonly CameAgain[];
  readonly interposed: readonly (Interposed & { readonly at: number })[];
  readonly overtaken: readonly Overtaken[];
  readonly overdue: readonly (Overdue & { readonly line: number })[];
  readonly readEarly: readonly ReadEarly[];
  readonly replaced: readonly Replaced[];
  readonly stopping: readonly Stopping[];
  readonly unsettled: readonly Unsettled[];
  readonly phases: readonly (Phase & { readonly at: number; readonly line: number })[];
  readonly calls: readonly (UpstreamCall & { readonly at: number; readonly line: number })[];
  readonly scraped: readonly (Scraped & { readonly line: number })[];
  readonly logs: readonly LogNote[];
  readonly outageLogs: readonly OutageLog[];
  readonly graphs: readonly SpanGraph[];
  readonly played: (act: string) => boolean;
  readonly ownerOf: (name: string) => string | undefined;
  readonly recoveries: readonly Recovery[];
  /** Undefined where the machine did not tell. */
  readonly memory: MemoryNote | undefined;
  readonly finalLine: number;
}

export function readStory(history: History): Story {
  const [final] = history.notes<Final>('final');
  const [seeded] = history.notes<Seeded>('seeded');
  const [outside] = history.notes<Outside>('outside');
  if (!final || !seeded || !outside) throw new Error('the history has no final state');
  const messages = messagesIn(history);
  const placings = history.operations<Asked, Placed>('place');
  const acts = new Set(history.notes<{ act: string }>('act-began').map(({ value }) => value.act));
  const values = <T>(f: string): T[] => history.notes<T>(f).map(({ value }) => value);
  const timed = <T extends object>(f: string) =>
    history.notes<T>(f).map(({ value, line, at }) => ({ ...value, line, at }));
  return {
    tales: talesOf(history, final.value, { messages, placings }),
    ...{ placings, messages, seeded: seeded.value, final: final.value, outside: outside.value },
    crashes: values<Crash>('crash'),
    away: values<Away>('away'),
    cameAgain: values<CameAgain>('came-again'),
    interposed: timed<Interposed>('interposed'),
    overtaken: values<Overtaken>('overtaken'),
    overdue: timed<Overdue>('overdue'),
    readEarly: values<ReadEarly>('read-early'),
    replaced: values<Replaced>('replaced'),
    stopping: values<Stopping>('stopping'),
    unsettled: values<Unsettled>('unsettled'),
    phases: timed<Phase>('phase'),
    calls: timed<UpstreamCall>('upstream-call'),
    scraped: timed<Scraped>('scraped'),
    logs: values<LogNote>('log'),
    outageLogs: values<OutageLog>('outage-log'),
    graphs: graphsOf(history.spans, clientsIn(placings)),
    played: (act) => acts.has(act),
    ownerOf: (name) => (isFact(name) ? facts[name] : undefined),
    recoveries: recoveriesIn(history, messages),
    memory: values<MemoryNote>('memory')[0],
    finalLine: final.line,
  };
}

function messagesIn(history: History): Seen[] {
  return history.notes<ObservedNote>('observed').map(({ value: { message }, line, at }) => {
    const body = (message.body ?? {}) as Record<string, unknown>;
    return {
      ...{ name: message.key, messageId: message.id, correlationId: message.correlationId },
      order: typeof body['order'] === 'string' ? body['order'] : undefined,
      ...{ body, headers: message.headers, line, at },
    };
  });
}

interface Known {
  readonly messages: readonly Seen[];
  readonly placings: readonly Placing[];
}

function talesOf(history: History, final: Final, { messages, placings }: Known): Tale[] {
  const placed = grouped(
    placings.filter(
      ({ asked }) =>
        asked.sort === 'first' ||
        asked.sort === 'again' ||
        asked.sort === 'bystander' ||
        asked.sort === 'flood',
    ),
    ({ asked }) => asked.address,
  );
  const expects = new Map(
    history.notes<Expects>('expects').map(({ value }) => [value.address, value]),
  );
  const crashes = new Map(
    history.notes<Crash>('crash').map(({ value, line }) => [value.address, { ...value, line }]),
  );
  const reads = grouped(
    history.operations<{ id: string }, { status: string }>('read').filter(isOk),
    ({ asked }) => asked.id,
  );
  const sequences = sequencesOf({ sequence }, history, '');
  const steps = new Map(sequences.map((one) => [one.subject, one.steps]));
  const rows = grouped(final.orders, (row) => row.address);
  const heard = grouped(messages, (one) => one.order);
  const addresses = new Set([...expects.keys(), ...rows.keys(), ...placed.keys()]);
  const nobodys = nobodysIn(final, [...heard.keys()]);
  return [...addresses, ...nobodys].map((address) => {
    const [order, ...others] = rows.get(address) ?? [];
    const id = order?.id ?? address;
    const [asked, crash] = [placed.get(address) ?? [], crashes.get(address)];
    const holdings = holdingsOf(id, final);
    return {
      ...{ id, address, expects: expects.get(address), placed: asked, order, others, holdings },
      row: order,
      happened: happenedTo(order, id, final),
      placedOn: asked.map(lineOf),
      messages: heard.get(id) ?? [],
      reads: (reads.get(id) ?? []).map((one) => ({
        ...{ status: one.answer?.status ?? '', line: lineOf(one), from: one.invokedOn },
      })),
      steps: steps.get(id) ?? [],
      crash: crash?.met
        ? { role: crash.role, where: points[crash.point], line: crash.line }
        : undefined,
    };
  });
}

/** Ids that somebody did something for, or told of, and that orders does not know. */
function nobodysIn(final: Final, heard: readonly (string | undefined)[]): string[] {
  const known = new Set(final.orders.map(({ id }) => id));
  const rows = [final.payments, final.reservations, final.parcels].flat();
  const ids = [...rows.map(({ order }) => order), ...heard];
  return [...new Set(ids.filter((id) => id !== undefined && !known.has(id)))] as string[];
}

const points: Readonly<Record<Crash['point'], { readonly en: string; readonly es: string }>> = {
  take: { en: 'as it had taken the order', es: 'al haber aceptado el pedido' },
  effect: { en: 'in the middle of its transaction', es: 'en mitad de su transacción' },
  answered: { en: 'once it had its answer', es: 'con la respuesta recibida' },
  publish: { en: 'as it published', es: 'al publicar' },
  confirm: { en: 'before the broker had confirmed', es: 'antes de que el broker confirmara' },
  ack: { en: 'before its acknowledgement arrived', es: 'antes de que llegara su ack' },
  undo: { en: 'as it undid its step', es: 'al deshacer su paso' },
  undone: {
    en: 'once it had undone its step, before its acknowledgement arrived',
    es: 'tras deshacer su paso, antes de que llegara su ack',
  },
  end: { en: 'as it ended the order', es: 'al terminar el pedido' },
};

const of = <T extends { order: string }>(all: readonly T[], id: string): T[] =>
  all.filter(({ order }) => order === id);

/** What each service did for it, and what stands. */
function holdingsOf(id: string, final: Final): Holding[] {
  const having = (all: readonly { order: string; status: string }[], status: string): number =>
    of(all, id).filter((row) => row.status === status).length;
  return [
    {
      role: 'payments',
      ...{ done: having(final.payments, 'AUTHORIZED'), undone: of(final.refunds, id).length },
      words: {
        done: { en: 'paid', es: 'se cobró' },
        undone: { en: 'refunded', es: 'se reembolsó' },
      },
    },
    {
      role: 'inventory',
      ...{ done: having(final.reservations, 'RESERVED'), undone: of(final.releases, id).length },
      words: {
        done: { en: 'reserved', es: 'se reservó' },
        undone: { en: 'released', es: 'se liberó' },
      },
    },
    {
      role: 'shipping',
      ...{ done: having(final.parcels, 'BOOKED'), undone: of(final.cancellations, id).length },
      words: {
        done: { en: 'booked with the carrier', es: 'se encargó al transportista' },
        undone: { en: 'cancelled with the carrier', es: 'se anuló con el transportista' },
      },
    },
  ];
}

const factOf: Readonly<Record<string, Fact>> = {
  ...{ CONFIRMED: 'OrderConfirmed' },
  ...{ AUTHORIZED: 'PaymentAuthorized', DECLINED: 'PaymentDeclined' },
  ...{ RESERVED: 'StockReserved', BOOKED: 'ParcelBooked', REFUSED: 'ParcelRefused' },
};

/** What the rows say has happened to it. */
function happenedTo(row: OrderRow | undefined, id: string, final: Final): Set<string> {
  const told = (all: readonly { order: string; status: string }[], rejected?: Fact): Fact[] =>
    of(all, id).flatMap(({ status }) => {
      const fact = status === 'REJECTED' ? rejected : factOf[status];
      return fact === undefined ? [] : [fact];
    });
  const ended = row?.status === 'REJECTED' ? 'OrderRejected' : factOf[row?.status ?? ''];
  return new Set<string>([
    ...(row ? ['OrderCreated'] : []),
    ...(ended ? [ended] : []),
    ...told(final.payments),
    ...told(final.reservations, 'StockRejected'),
    ...told(final.parcels),
    ...(of(final.refunds, id).length > 0 ? ['PaymentRefunded'] : []),
    ...(of(final.releases, id).length > 0 ? ['StockReleased'] : []),
    ...(of(final.cancellations, id).length > 0 ? ['ParcelCancelled'] : []),
  ]);
}

/** Contexts that clients sent: their spans are theirs to tell. */
function clientsIn(placings: readonly Placing[]) {
  return placings.flatMap(({ asked: { traceparent } }) => {
    const [, traceId, spanId] = traceparent?.split('-') ?? [];
    return traceId !== undefined && spanId !== undefined ? [{ traceId, spanId }] : [];
  });
}

/** Graphs in which a span is of this order's. */
export function graphsOfOrder({ graphs }: Pick<Story, 'graphs'>, id: string): SpanGraph[] {
  return graphs.filter(({ spans }) =>
    spans.some(({ attributes }) => attributes[orderAttribute] === id),
  );
}

/** How long an order took to its last word, milliseconds; undefined where it never came. */
export function tookMs(
  { placed: [first], messages }: Tale,
  last: 'OrderConfirmed' | 'OrderRejected',
): number | undefined {
  const end = messages.find(({ name }) => name === last);
  return first && end && Math.max(0, end.at - first.start) / 1000;
}
