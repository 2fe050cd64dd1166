import {
  agreeing,
  counted,
  finding,
  isOk,
  isRefused,
  lineOf,
  type CheckResult,
  type History,
  type Text,
} from '../../src/kata/index.js';
import { exchange, routingKey } from './contract.js';
import { figures } from './figures.js';
import {
  acknowledgedIsCommitted,
  askedAgainIsTaken,
  refusedIsNotCommitted,
} from './rules/answers.js';
import { eventInTime } from './rules/in-time.js';
import { coverage } from './rules/coverage.js';
import { othersGoOn } from './rules/never-taken.js';
import { orderKept } from './rules/order-kept.js';
import { isExcused, readStory, type Seen, type Story } from './story.js';

type Finding = CheckResult['findings'][number];

/** Pure: the total-queue rule of Jepsen, between the table of orders and what was delivered. */
export function check(history: History): CheckResult {
  const story = readStory(history);
  return {
    findings: [
      noLostEvent(story),
      noPhantomEvent(story),
      eventAsOrdered(story),
      sentAsAgreed(story),
      duplicatesAreRecognisable(story),
      orderKept(story),
      eventInTime(story),
      acknowledgedIsCommitted(story),
      refusedIsNotCommitted(story),
      askedAgainIsTaken(story),
      ...(story.neverTaken ? [othersGoOn(story.neverTaken, story)] : []),
    ],
    coverage: coverage(story),
    figures: figures(story),
  };
}

/** Every committed order has its event, acknowledged or not. */
function noLostEvent(all: Story): Finding {
  const { committed, byOrder, placed, moments } = all;
  const rule: Text = {
    en: 'Every committed order has its event.',
    es: 'Cada pedido guardado tiene su evento.',
  };
  const lost = [...committed.values()].filter(({ id }) => !byOrder.has(id) && !isExcused(id, all));
  // The one that tells most is the one at a point that the experiment made.
  const one = lost.find(({ id }) => moments.some(({ order }) => order === id)) ?? lost[0];
  if (!one) return finding('no-lost-event', rule, undefined);
  const asked = placed.filter((p) => p.asked.id === one.id);
  const operation = asked.find(isOk) ?? asked[0];
  const line = operation ? lineOf(operation) : undefined;
  const point = moments.find(({ order }) => order === one.id);
  const lines = [line, point?.line].filter((n) => n !== undefined);
  const told = toldOf(operation);
  const at = point ? pointText[point.at] : undefined;
  return finding('no-lost-event', rule, {
    story: {
      en: `${lost.length} of ${committed.size} orders ${agreeing.en(lost.length, 'is in the table and its', 'are in the table and their')} event never came. Order ${one.id} of ${one.customer} was ${told.en}${lineText(line).en}${at ? `: ${at.en}` : ''}. Nobody downstream will ever hear of it.`,
      es: `${lost.length} de ${committed.size} pedidos ${agreeing.es(lost.length, 'está', 'están')} en la tabla y su evento nunca llegó. El pedido ${one.id} de ${one.customer} ${told.es}${lineText(line).es}${at ? `: ${at.es}` : ''}. Nadie más se enterará de él.`,
    },
    lines,
  });
}

const pointText: Record<Story['moments'][number]['at'], Text> = {
  publish: {
    en: 'the process was killed after its commit, as it was about to publish',
    es: 'el proceso murió tras su commit, cuando iba a publicar',
  },
  insert: {
    en: 'the process was killed as it wrote the order',
    es: 'el proceso murió al escribir el pedido',
  },
  outbox: {
    en: 'the process was killed as it wrote the outbox',
    es: 'el proceso murió al escribir el outbox',
  },
  commit: {
    en: 'the process was killed at its COMMIT',
    es: 'el proceso murió en su COMMIT',
  },
  'lost-before-commit': {
    en: 'the database had ended the session before the COMMIT',
    es: 'la base de datos había cerrado la sesión antes del COMMIT',
  },
  'lost-after-commit': {
    en: 'the connection to the database broke after the COMMIT, before its answer',
    es: 'la conexión con la base de datos se rompió tras el COMMIT, antes de su respuesta',
  },
  refused: {
    en: 'the broker refused the event once (basic.nack)',
    es: 'el broker rechazó una vez el evento (basic.nack)',
  },
  mark: {
    en: 'everything was killed after the event had been published, before it was confirmed',
    es: 'todo murió tras publicarse el evento, antes de su confirm',
  },
  'late-commit': {
    en: 'its transaction took its position in the outbox first and committed last',
    es: 'su transacción tomó la posición en el outbox la primera e hizo commit la última',
  },
  outage: { en: 'the broker was down', es: 'el broker no estaba' },
};

function toldOf(operation: Story['placed'][number] | undefined): Text {
  if (operation && isOk(operation)) return { en: 'acknowledged with 201', es: 'recibió un 201' };
  if (operation && isRefused(operation)) return { en: 'refused', es: 'se rechazó' };
  if (operation) return { en: 'never answered', es: 'se quedó sin respuesta' };
  return { en: 'never asked for', es: 'no lo pidió nadie' };
}

function lineText(line: number | undefined): Text {
  return line === undefined
    ? { en: '', es: '' }
    : { en: ` (history line ${line})`, es: ` (línea ${line} del historial)` };
}

/** No event without its order. */
function noPhantomEvent({ events, committed, placed, moments }: Story): Finding {
  const rule: Text = {
    en: 'Every event is of an order that is committed.',
    es: 'Cada evento es de un pedido guardado.',
  };
  const phantoms = events.filter(({ order }) => order === undefined || !committed.has(order));
  const atPoint = phantoms.find((event) => moments.some(({ order }) => order === event.order));
  const one = atPoint ?? phantoms[0];
  if (!one) return finding('no-phantom-event', rule, undefined);
  const operation = placed.find(({ asked }) => asked.id === one.order);
  const point = moments.find(({ order }) => order === one.order);
  const told = toldOf(operation);
  const at = point ? pointText[point.at] : undefined;
  const lines = [one.line, ...(operation ? [lineOf(operation)] : [])];
  return finding('no-phantom-event', rule, {
    story: {
      en: `${counted.en(phantoms.length, 'event is', 'events are')} of no order in the table. The event of ${one.order ?? 'no order at all'} came (history line ${one.line}); that order was ${told.en} and is not there${at ? `: ${at.en}` : ''}. Somebody ships what nobody bought.`,
      es: `${counted.es(phantoms.length, 'evento no es', 'eventos no son')} de ningún pedido de la tabla. Llegó el evento de ${one.order ?? 'ningún pedido'} (línea ${one.line} del historial); ese pedido ${told.es} y no está${at ? `: ${at.es}` : ''}. Alguien envía lo que nadie compró.`,
    },
    lines,
  });
}

function eventAsOrdered({ events, committed }: Story): Finding {
  const rule: Text = {
    en: 'Every event tells its order as it was placed.',
    es: 'Cada evento cuenta su pedido tal como se hizo.',
  };
  const wrong = events.find((event) => {
    const order = committed.get(event.order ?? '');
    return order && (order.customer !== event.customer || order.amount !== event.amount);
  });
  if (!wrong) return finding('event-as-ordered', rule, undefined);
  const order = committed.get(wrong.order ?? '');
  const right = `${order?.customer ?? '?'}, ${order?.amount ?? '?'}`;
  const came = `${wrong.customer ?? '?'}, ${wrong.amount ?? '?'}`;
  return finding('event-as-ordered', rule, {
    story: {
      en: `order ${order?.id ?? '?'} is (${right}) in the table, and its event said (${came}) (history line ${wrong.line}).`,
      es: `el pedido ${order?.id ?? '?'} es (${right}) en la tabla, y su evento decía (${came}) (línea ${wrong.line} del historial).`,
    },
    lines: [wrong.line],
  });
}

/**
 * A consumer binds its queue to the exchange by the key, a broker that restarts loses what is not
 * persistent, and a consumer that is away for a while what expires.
 */
function sentAsAgreed({ events }: Story): Finding {
  const rule: Text = {
    en: `Every event goes to the exchange ${exchange} with the key ${routingKey}, persistent, and does not expire.`,
    es: `Cada evento va al exchange ${exchange} con la clave ${routingKey}, persistente, y no caduca.`,
  };
  const wrong = events.find(
    ({ sent }) =>
      sent.exchange !== exchange ||
      sent.key !== routingKey ||
      sent.persistent === false ||
      sent.expirationMs !== undefined,
  );
  if (!wrong) return finding('sent-as-agreed', rule, undefined);
  const { exchange: to, key, persistent, expirationMs } = wrong.sent;
  const expires: Text =
    expirationMs === undefined
      ? { en: '', es: '' }
      : { en: `, and expires after ${expirationMs} ms`, es: `, y caduca a los ${expirationMs} ms` };
  const isKept: Text =
    persistent === false
      ? { en: 'not persistent', es: 'no persistente' }
      : { en: 'persistent', es: 'persistente' };
  return finding('sent-as-agreed', rule, {
    story: {
      en: `the event of ${wrong.order ?? 'no order at all'} went to "${to}" with the key "${key}", ${isKept.en}${expires.en} (history line ${wrong.line}).`,
      es: `el evento de ${wrong.order ?? 'ningún pedido'} fue a "${to}" con la clave "${key}", ${isKept.es}${expires.es} (línea ${wrong.line} del historial).`,
    },
    lines: [wrong.line],
  });
}

/** A consumer drops duplicates by their message id: one for each order, the same every time. */
function duplicatesAreRecognisable({ byOrder, events }: Story): Finding {
  const rule: Text = {
    en: 'An event that comes again has the same message id, and no two orders share one.',
    es: 'Un evento repetido lleva el mismo message id, y dos pedidos no comparten ninguno.',
  };
  const name = 'duplicates-are-recognisable';
  const nameless = events.find(({ messageId }) => messageId === '');
  if (nameless)
    return finding(name, rule, {
      story: {
        en: `the event of order ${nameless.order ?? '?'} has no message id (history line ${nameless.line}): a consumer can't tell a repetition from something new.`,
        es: `el evento del pedido ${nameless.order ?? '?'} no lleva message id (línea ${nameless.line} del historial): un consumidor no distingue una repetición de algo nuevo.`,
      },
      lines: [nameless.line],
    });
  const pair = twoNames(byOrder) ?? oneNameForTwo(events);
  if (!pair) return finding(name, rule, undefined);
  const [one, other] = pair;
  const lines = [one.line, other.line];
  return finding(name, rule, {
    story: {
      en: `the event of order ${one.order ?? '?'} came as ${one.messageId}, and that of order ${other.order ?? '?'} as ${other.messageId} (history lines ${lines.join(' and ')}).`,
      es: `el evento del pedido ${one.order ?? '?'} llegó como ${one.messageId}, y el del pedido ${other.order ?? '?'} como ${other.messageId} (líneas ${lines.join(' y ')} del historial).`,
    },
    lines,
  });
}

function twoNames(byOrder: Story['byOrder']): [Seen, Seen] | undefined {
  for (const [first, ...others] of byOrder.values()) {
    const other = others.find(({ messageId }) => messageId !== first?.messageId);
    if (first && other) return [first, other];
  }
  return undefined;
}

function oneNameForTwo(events: readonly Seen[]): [Seen, Seen] | undefined {
  const owners = new Map<string, Seen>();
  for (const event of events) {
    const owner = owners.get(event.messageId);
    if (owner && owner.order !== event.order) return [owner, event];
    owners.set(event.messageId, event);
  }
  return undefined;
}
