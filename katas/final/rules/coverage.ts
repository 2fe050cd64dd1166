import { isOk, mostUnderWay, type Coverage } from '../../../src/kata/index.js';
import { roles } from '../contract.js';
import type { Crash } from '../notes.js';
import type { Story } from '../story.js';
import { outagesIn } from './breaker.js';
import { comeBack } from './limit.js';

const points: readonly Pick<Crash, 'role' | 'point'>[] = [
  ...roles.flatMap((role) =>
    (['effect', 'publish', 'confirm', 'ack'] as const).map((point) => ({ role, point })),
  ),
  { role: 'inventory', point: 'undo' },
  { role: 'payments', point: 'undo' },
  { role: 'inventory', point: 'undone' },
  { role: 'payments', point: 'undone' },
  { role: 'orders', point: 'end' },
];

const steps = ['AuthorizePayment', 'ReserveStock', 'BookParcel'];

/** What must have happened for the run to mean anything. */
export function coverage(story: Story, users: number): Coverage[] {
  const { final, crashes, away, interposed, placings, replaced, stopping } = story;
  const missed = points.filter(
    ({ role, point }) =>
      !crashes.some((one) => one.role === role && one.point === point && one.met),
  );
  const names = missed.map(({ role, point }) => `${role}: ${point}`).join(', ');
  const came = (how: string): boolean => interposed.some((one) => one.how === how);
  const of = (act: string) => placings.filter(({ asked }) => asked.act === act);
  return [
    {
      condition: 'orders-overlapped',
      met: users === 1 || mostUnderWay(of('calm')) > 1,
      story: {
        en: 'the orders of the calm day are to be under way at once',
        es: 'los pedidos del día tranquilo tienen que estar en curso a la vez',
      },
    },
    {
      condition: 'was-declined',
      met: final.payments.some(({ status }) => status === 'DECLINED'),
      story: { en: 'a payment is to be declined', es: 'tiene que denegarse un pago' },
    },
    {
      condition: 'was-out-of-stock',
      met: final.reservations.some(({ status }) => status === 'REJECTED'),
      story: {
        en: 'a reservation is to be rejected after the payment',
        es: 'tiene que rechazarse una reserva tras el pago',
      },
    },
    {
      condition: 'was-not-deliverable',
      met: final.parcels.some(({ status }) => status === 'REFUSED'),
      story: {
        en: 'a parcel is to be refused after the reservation',
        es: 'tiene que rechazarse un paquete tras la reserva',
      },
    },
    {
      condition: 'asked-again',
      met: of('repeated')
        .filter(({ asked }) => asked.sort === 'again')
        .some(isOk),
      story: { en: 'keys are to be asked for again', es: 'tienen que repetirse claves' },
    },
    {
      condition: 'messages-came-twice',
      met: came('twice'),
      story: { en: 'messages are to come twice', es: 'tienen que llegar mensajes dos veces' },
    },
    {
      condition: 'messages-came-later',
      met: came('later'),
      story: {
        en: 'messages are to come again long after',
        es: 'tienen que volver a llegar mensajes mucho después',
      },
    },
    {
      condition: 'was-down',
      met: wereBad(story),
      story: {
        en: 'the provider and the carrier are to fail, and to be well again',
        es: 'el proveedor y el transportista tienen que fallar, y volver a estar bien',
      },
    },
    {
      condition: 'were-overtaken',
      met: steps.every((step) => story.overtaken.some(({ name, met }) => name === step && met)),
      story: {
        en: 'each step is to come once after its compensation',
        es: 'cada paso tiene que llegar una vez después de su compensación',
      },
    },
    {
      condition: 'was-given-up',
      met: story.overdue.length > 0,
      story: {
        en: 'orders are to be overdue with nobody to go on with them',
        es: 'tiene que haber pedidos vencidos que nadie continúa',
      },
    },
    {
      condition: 'was-flooded',
      met: of('flood').length > 0 && comeBack(story) !== undefined,
      story: {
        en: 'one client is to flood, and to come back as it was told',
        es: 'un cliente tiene que inundar, y volver cuando se le dijo',
      },
    },
    {
      condition: 'crashed-at-each-point',
      met: missed.length === 0,
      story: {
        en: `each service is to be killed at each of its points${names && `, and these were not met: ${names}`}`,
        es: `cada servicio tiene que morir en cada uno de sus puntos${names && `, y a estos no se llegó: ${names}`}`,
      },
    },
    {
      condition: 'servers-were-away',
      met: away.length === 2 && away.every(({ met }) => met),
      story: {
        en: 'all are to be connected to the broker and to their databases as these go',
        es: 'todos tienen que estar conectados al broker y a sus bases cuando desaparecen',
      },
    },
    {
      condition: 'came-again',
      met: roles.every((role) => story.cameAgain.some((one) => one.role === role && one.met)),
      story: {
        en: 'the broker is to go while each service has a message in hand, and that is to come again and be done',
        es: 'el broker tiene que desaparecer mientras cada servicio tiene un mensaje entre manos, y este tiene que volver a llegar y hacerse',
      },
    },
    {
      condition: 'was-overloaded',
      met: mostUnderWay(of('overload')) > mostUnderWay(of('calm')),
      story: {
        en: 'more orders are to be under way at once than on the calm day',
        es: 'tienen que estar en curso a la vez más pedidos que en el día tranquilo',
      },
    },
    {
      condition: 'were-told-to-end',
      met: roles.every((role) => stopping.some((one) => one.role === role)) && endedWell(story),
      story: {
        en: 'each service is to be told to end while orders come, and some of these are to be confirmed',
        es: 'a cada servicio se le tiene que pedir que termine mientras llegan pedidos, y alguno de estos tiene que confirmarse',
      },
    },
    {
      condition: 'were-replaced',
      met:
        roles.every((role) => replaced.some((one) => one.role === role)) &&
        story.readEarly.some(({ pending }) => pending > 0) &&
        came('newer'),
      story: {
        en: 'each service is to be replaced beside the next one, with messages of a newer version, and both of orders are to be asked for an order before it ends',
        es: 'cada servicio tiene que sustituirse junto al siguiente, con mensajes de una versión más nueva, y a los dos de orders se les tiene que preguntar por un pedido antes de que termine',
      },
    },
  ];
}

const badTimes = ['provider half', 'provider down', 'provider slow', 'carrier down'];

const wereBad = (story: Story): boolean => {
  const seen = outagesIn(story).map(({ of, phase }) => `${of} ${phase}`);
  return badTimes.every((one) => seen.includes(one));
};

/** Without one nobody knows whether its thread is whole. */
const endedWell = ({ tales }: Story): boolean =>
  tales.some(({ expects, order }) => expects?.act === 'sigterm' && order?.status === 'CONFIRMED');
