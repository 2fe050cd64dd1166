import type { CauseEvidence, History, Look, SpanSeen, Text } from '../../../src/kata/index.js';
import { callSeconds, names, waitSeconds } from '../contract.js';
import { causes, type Cause } from '../contract/seal.js';
import { median, msOf, ordersIn, queuedMs, type OrderSeen } from '../story.js';
import {
  isDropped,
  isRetried,
  sharesOfWaiting,
  signs,
  slowestCall,
  slowestStatement,
  slowMs,
  waitedForConnection,
  workedMs,
} from './signs.js';

/** Likewise, of the orders of a run. */
export const evidenceOf = (history: History): Map<Cause, CauseEvidence> =>
  evidenceIn(ordersIn(history));

/** The causes whose signs these orders bear, each with the shortest way to them. */
export function evidenceIn(orders: readonly OrderSeen[]): Map<Cause, CauseEvidence> {
  const shown = causes.filter((cause) => signs[cause](orders));
  return new Map(shown.map((cause) => [cause, tell[cause](orders)]));
}

const ms = (value: number): string => `${Math.round(value)} ms`;
const percent = (share: number): string => `${Math.round(share * 100)} %`;

const trace = ({ order }: OrderSeen, sees: Text): Look => ({ at: 'trace', find: order, sees });

/** The one in the middle, by what is asked of each: as good an example as any. */
function typical(orders: readonly OrderSeen[], of: (order: OrderSeen) => number): OrderSeen {
  const sorted = orders
    .filter(({ attempts }) => attempts.length > 0)
    .toSorted((a, b) => of(a) - of(b));
  const found = sorted[Math.floor(sorted.length / 2)];
  if (found === undefined) throw new Error('a sign that no order bears');
  return found;
}

const longestOf = (spans: readonly SpanSeen[]): SpanSeen | undefined =>
  spans.toSorted((a, b) => msOf(b) - msOf(a))[0];

const tell: Readonly<Record<Cause, (orders: readonly OrderSeen[]) => CauseEvidence>> = {
  'slow-statement'(orders) {
    const one = typical(orders, slowestStatement);
    const other = typical(
      orders.filter(({ sku, quantity }) => sku !== one.sku && quantity !== one.quantity),
      slowestStatement,
    );
    const statement = longestOf(one.statements)?.name ?? names.parcels;
    const usual = ms(median(orders.map(slowestStatement)));
    return {
      story: {
        en: `${statement} takes ${usual} for every order, whatever it is of and whoever works beside it: the statement itself is slow. Whoever waits for a lock waits now and then, and for a time of no length in particular.`,
        es: `${statement} tarda ${usual} con cada pedido, sea de lo que sea y haya quien haya al lado: la lenta es la sentencia misma. Quien espera un bloqueo espera a ratos, y nunca lo mismo.`,
      },
      looks: [
        trace(one, {
          en: `${statement} has ${ms(slowestStatement(one))} of the worker's ${ms(workedMs(one))}`,
          es: `${statement} se lleva ${ms(slowestStatement(one))} de los ${ms(workedMs(one))} del trabajador`,
        }),
        trace(other, {
          en: `another good, another number of parcels, and ${ms(slowestStatement(other))} again`,
          es: `otro artículo, otro número de paquetes, y otra vez ${ms(slowestStatement(other))}`,
        }),
      ],
    };
  },

  lock(orders) {
    const [good = '', share = 0] =
      [...sharesOfWaiting(orders)].toSorted(([, a], [, b]) => b - a)[0] ?? [];
    const waiting = orders.filter((one) => one.sku === good && slowestStatement(one) >= slowMs);
    const [first, second] = endingTogether(waiting);
    const free = typical(
      orders.filter(({ sku }) => sku !== good),
      slowestStatement,
    );
    return {
      story: {
        en: `${percent(share)} of the orders of "${good}" wait in ${names.order}, and hardly one of anything else. Those that began to wait at different moments go on at the same one: somebody has held the row, and has let it go. A slow statement is slow for all.`,
        es: `El ${percent(share)} de los pedidos de "${good}" espera en ${names.order}, y casi ninguno de otra cosa. Los que empezaron a esperar en momentos distintos siguen en el mismo: alguien tenía la fila y la ha soltado. Una sentencia lenta lo es para todos.`,
      },
      looks: [
        trace(first, {
          en: `${names.order} takes ${ms(slowestStatement(first))}`,
          es: `${names.order} tarda ${ms(slowestStatement(first))}`,
        }),
        trace(second, {
          en: `the same good, begun later: ${ms(slowestStatement(second))}, and it ends within ${ms(apart(first, second))} of the other`,
          es: `el mismo artículo, empezado después: ${ms(slowestStatement(second))}, y acaba a ${ms(apart(first, second))} del otro`,
        }),
        trace(free, {
          en: `of "${free.sku}": the same statement in ${ms(slowestStatement(free))}`,
          es: `de "${free.sku}": la misma sentencia en ${ms(slowestStatement(free))}`,
        }),
      ],
    };
  },

  'n-plus-one'(orders) {
    const many = orders.toSorted((a, b) => b.quantity - a.quantity);
    const large = typical(many.slice(0, 15), ({ quantity }) => quantity);
    const small = typical(many.slice(-15), ({ quantity }) => quantity);
    const count = (one: OrderSeen): number =>
      one.statements.filter(({ name }) => name === names.parcels).length;
    return {
      story: {
        en: `There are as many ${names.parcels} as the order has parcels, one after the other. None of them is slow; all together take ${ms(workedMs(large))} of an order of ${large.quantity}, and ${ms(workedMs(small))} of one of ${small.quantity}. One statement for all would do.`,
        es: `Hay tantos ${names.parcels} como paquetes tiene el pedido, uno tras otro. Ninguno es lento; entre todos se llevan ${ms(workedMs(large))} en un pedido de ${large.quantity}, y ${ms(workedMs(small))} en uno de ${small.quantity}. Bastaría una sentencia para todos.`,
      },
      looks: [
        trace(large, {
          en: `${large.quantity} parcels, ${count(large)} statements in a staircase`,
          es: `${large.quantity} paquetes, ${count(large)} sentencias en escalera`,
        }),
        trace(small, {
          en: `${small.quantity} of them: ${count(small)}`,
          es: `${small.quantity} de ellos: ${count(small)}`,
        }),
      ],
    };
  },

  'exhausted-pool'(orders) {
    const one = typical(orders, waitedForConnection);
    return {
      story: {
        en: `An order waits ${ms(median(orders.map(waitedForConnection)))} for a connection, and what it then does with it is quick: the database has time, the pool has none left. The connection is taken before the call of the warehouse, and lies idle meanwhile.`,
        es: `Un pedido espera ${ms(median(orders.map(waitedForConnection)))} una conexión, y lo que luego hace con ella es rápido: a la base le sobra tiempo, al pool no le queda nada. La conexión se toma antes de llamar al almacén, y entretanto está ociosa.`,
      },
      looks: [
        trace(one, {
          en: `${names.connect} has ${ms(waitedForConnection(one))} of ${ms(workedMs(one))}; the statements have ${ms(one.statements.reduce((sum, span) => sum + msOf(span), 0))}`,
          es: `${names.connect} se lleva ${ms(waitedForConnection(one))} de ${ms(workedMs(one))}; las sentencias, ${ms(one.statements.reduce((sum, span) => sum + msOf(span), 0))}`,
        }),
        {
          ...{ at: 'metrics', role: 'worker', find: waitSeconds },
          sees: {
            en: 'what all of them wait for on average',
            es: 'lo que esperan todos de media',
          },
        },
      ],
    };
  },

  'slow-neighbour'(orders) {
    const one = typical(orders, slowestCall);
    return {
      story: {
        en: `The warehouse takes ${ms(median(orders.map(slowestCall)))} to answer, and the worker does nothing meanwhile. Inside of it nobody has told anything: where our spans end, its own would begin.`,
        es: `El almacén tarda ${ms(median(orders.map(slowestCall)))} en responder, y el trabajador no hace nada entretanto. De su interior no ha contado nadie nada: donde acaban nuestros spans empezarían los suyos.`,
      },
      looks: [
        trace(one, {
          en: `${names.reserve} has ${ms(slowestCall(one))} of ${ms(workedMs(one))}`,
          es: `${names.reserve} se lleva ${ms(slowestCall(one))} de ${ms(workedMs(one))}`,
        }),
        {
          ...{ at: 'metrics', role: 'worker', find: callSeconds },
          sees: {
            en: 'every call is like that, and all were answered with 200',
            es: 'todas las llamadas son así, y todas se respondieron con 200',
          },
        },
      ],
    };
  },

  'full-queue'(orders) {
    const queued = (one: OrderSeen): number => queuedMs(one) ?? 0;
    const early = orders.find((one) => one.attempts.length > 0) ?? typical(orders, queued);
    const late = orders.toSorted((a, b) => queued(b) - queued(a))[0] ?? early;
    return {
      story: {
        en: `Each order is worked on in ${ms(median(orders.map(workedMs)))} and waits before that, ${ms(median(orders.flatMap((one) => queuedMs(one) ?? [])))} in the middle and longer from order to order: more come than the consumer takes, one at a time. No span is long; what is long is the gap between two.`,
        es: `Cada pedido se trabaja en ${ms(median(orders.map(workedMs)))} y antes espera, ${ms(median(orders.flatMap((one) => queuedMs(one) ?? [])))} el del medio y más de pedido en pedido: llegan más de los que toma el consumidor, de uno en uno. Ningún span es largo; lo largo es el hueco entre dos.`,
      },
      looks: [
        trace(early, {
          en: `among the first: ${ms(queued(early))} between "send shop" and "process orders"`,
          es: `de los primeros: ${ms(queued(early))} entre "send shop" y "process orders"`,
        }),
        trace(late, {
          en: `among the last: ${ms(queued(late))}, and ${ms(workedMs(late))} of work as ever`,
          es: `de los últimos: ${ms(queued(late))}, y ${ms(workedMs(late))} de trabajo, como siempre`,
        }),
      ],
    };
  },

  'multiplied-retries'(orders) {
    const retried = orders.filter(isRetried);
    const one = typical(retried, ({ calls }) => calls.length);
    const calls = orders.reduce((sum, order) => sum + order.calls.length, 0);
    return {
      story: {
        en: `${orders.length} orders have become ${calls} calls of the warehouse. It refuses some, and two layers try again without knowing of each other: each attempt calls up to three times, and each failed attempt brings the message back. Their numbers multiply.`,
        es: `De ${orders.length} pedidos han salido ${calls} llamadas al almacén. Rechaza algunas, y dos capas reintentan sin saber la una de la otra: cada intento llama hasta tres veces, y cada intento fallido devuelve el mensaje. Sus números se multiplican.`,
      },
      looks: [
        trace(one, {
          en: `${one.calls.length} calls in ${one.attempts.length} attempts at one message`,
          es: `${one.calls.length} llamadas en ${one.attempts.length} intentos con un mensaje`,
        }),
        {
          ...{ at: 'metrics', role: 'worker', find: callSeconds },
          sees: {
            en: 'calls by status: those with 503 stand beside those with 200',
            es: 'llamadas por estado: junto a las de 200, las de 503',
          },
        },
      ],
    };
  },

  'dropping-worker'(orders) {
    const dropped = orders.filter(isDropped);
    const one = typical(dropped, ({ quantity }) => quantity);
    const least = Math.min(...dropped.map(({ quantity }) => quantity));
    return {
      story: {
        en: `${dropped.length} of ${orders.length} orders were taken with 202 and have no row: the worker has had them and has acknowledged them, without a call or a statement, and says "done". All of them have ${least} parcels or more.`,
        es: `${dropped.length} de ${orders.length} pedidos se aceptaron con 202 y no tienen fila: el trabajador los tuvo e hizo ack, sin una llamada ni una sentencia, y dice "done". Todos tienen ${least} paquetes o más.`,
      },
      looks: [
        trace(one, {
          en: '"process orders" is there, is not marked as failed, and has nothing below it; the lab saw no row',
          es: '"process orders" está, no está marcado como fallido y no tiene nada debajo; el laboratorio no vio fila',
        }),
        {
          ...{ at: 'log', role: 'worker', find: one.order },
          sees: {
            en: 'its only line says "done"',
            es: 'su única línea dice "done"',
          },
        },
      ],
    };
  },

  'differing-clocks'(orders) {
    const early = (one: OrderSeen): number => queuedMs(one) ?? 0;
    const one = typical(orders, early);
    return {
      story: {
        en: `"process orders" begins ${ms(-early(one))} before the message it is about was sent. No effect comes before its cause: the clocks of api and worker differ by about that much. By the lab's clock an order takes ${ms(median(orders.flatMap(({ outsideMs }) => outsideMs ?? [])))} to its row, and nothing is slow: what looks long in the traces is not.`,
        es: `"process orders" empieza ${ms(-early(one))} antes de que se enviara su mensaje. Ningún efecto llega antes que su causa: los relojes de api y worker difieren más o menos en eso. Por el reloj del laboratorio un pedido tarda ${ms(median(orders.flatMap(({ outsideMs }) => outsideMs ?? [])))} hasta su fila, y nada es lento: lo que parece largo en las trazas no lo es.`,
      },
      looks: [
        trace(one, {
          en: "the worker's spans stand before those of the edge that caused them",
          es: 'los spans del trabajador están antes que los de la entrada que los causó',
        }),
        {
          ...{ at: 'log', role: 'worker', find: one.order },
          sees: {
            en: 'its time is off by as much, against that of the api',
            es: 'su hora difiere otro tanto de la del api',
          },
        },
      ],
    };
  },
};

/** Two that began to wait far apart, and went on at one moment. */
function endingTogether(waiting: readonly OrderSeen[]): [OrderSeen, OrderSeen] {
  const pairs = waiting.flatMap((first) =>
    waiting
      .filter(
        (second) => startOf(second) - startOf(first) > slowMs * 1_000 && apart(first, second) < 60,
      )
      .map((second): [OrderSeen, OrderSeen] => [first, second]),
  );
  const [one = typical(waiting, slowestStatement)] = waiting;
  return pairs[0] ?? [one, waiting.at(-1) ?? one];
}

const startOf = ({ statements }: OrderSeen): number => longestOf(statements)?.startUs ?? 0;
const endOf = ({ statements }: OrderSeen): number => longestOf(statements)?.endUs ?? 0;
const apart = (one: OrderSeen, other: OrderSeen): number =>
  Math.abs(endOf(one) - endOf(other)) / 1_000;
