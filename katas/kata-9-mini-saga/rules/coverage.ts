import { mostUnderWay, type Coverage, type Text } from '../../../src/kata/index.js';
import type { Crash } from '../notes.js';
import { factsOf, type Story } from '../story.js';

/** What must have happened for the run to mean anything. Calls in a row come by no queue. */
export function coverage(
  story: Story,
  { strategy, users }: { readonly strategy: string; readonly users: number },
): Coverage[] {
  const hasMessages = strategy !== 'sync-chain';
  const isUndone = hasMessages && strategy !== 'no-compensation';
  const all: readonly (Coverage & { readonly onlyOfMessages?: true })[] = [
    {
      condition: 'orders-overlapped',
      met: users === 1 || haveOverlapped(story),
      story: {
        en: 'the orders of the load are to be under way at once',
        es: 'los pedidos de la carga tienen que estar en curso a la vez',
      },
    },
    {
      condition: 'was-declined',
      met: story.final.payments.some(({ status }) => status === 'DECLINED'),
      story: { en: 'a payment is to be declined', es: 'tiene que denegarse un pago' },
    },
    {
      condition: 'was-out-of-stock',
      met: story.final.reservations.some(({ status }) => status === 'REJECTED'),
      story: {
        en: 'a reservation is to be rejected after the payment',
        es: 'tiene que rechazarse una reserva tras el pago',
      },
    },
    {
      condition: 'refund-failed-three-times',
      met: story.refusals.some(({ times }) => times === 3),
      story: {
        en: 'the database is to refuse a refund three times',
        es: 'la base de datos tiene que negarse tres veces a un reembolso',
      },
    },
    {
      condition: 'messages-came-twice',
      met: cameBy(story, 'twice') > 0,
      onlyOfMessages: true,
      story: { en: 'messages are to come twice', es: 'tienen que llegar mensajes dos veces' },
    },
    {
      condition: 'newer-messages-came',
      met: cameBy(story, 'newer') > 0,
      onlyOfMessages: true,
      story: {
        en: 'messages with fields that nobody knows are to come',
        es: 'tienen que llegar mensajes con campos que nadie conoce',
      },
    },
    crashed(story, hasMessages),
    {
      condition: 'told-to-end-with-work-in-hand',
      met: haveEndedAmidWork(story),
      onlyOfMessages: true,
      story: {
        en: 'order is to stand in the middle of a request, payment and inventory in the middle of a message, as they are told to end',
        es: 'order tiene que estar en mitad de una petición, y payment e inventory en mitad de un mensaje, cuando se les dice que terminen',
      },
    },
    {
      condition: 'success-came-late',
      met: wasHeld(story, 'inventory'),
      onlyOfMessages: true,
      story: {
        en: 'inventory is to stand in the middle of a reservation until the order is given up',
        es: 'inventory tiene que estar en mitad de una reserva hasta que se abandone el pedido',
      },
    },
    {
      condition: 'undone-as-it-was-paid',
      met: !isUndone || wasHeld(story, 'payment'),
      onlyOfMessages: true,
      story: {
        en: 'payment is to stand in the middle of a payment until the order is given up',
        es: 'payment tiene que estar en mitad de un pago hasta que se abandone el pedido',
      },
    },
    {
      condition: 'payment-was-cut-off',
      met: story.away.some(({ what, met }) => what === 'payment' && met),
      story: {
        en: 'payment is to be connected to the broker as it is cut off',
        es: 'payment tiene que estar conectado al broker cuando se le aísla',
      },
    },
    {
      condition: 'order-was-cut-off',
      met: story.away.some(({ what, met }) => what === 'order' && met),
      onlyOfMessages: true,
      story: {
        en: 'order is to be connected to the broker as it is cut off',
        es: 'order tiene que estar conectado al broker cuando se le aísla',
      },
    },
    {
      condition: 'killed-as-it-gave-up',
      met: !isUndone || story.crashes.some(({ point, met }) => point === 'given-up' && met),
      onlyOfMessages: true,
      story: {
        en: 'order is to be killed as soon as it has given an order up',
        es: 'order tiene que morir en cuanto abandona un pedido',
      },
    },
    {
      condition: 'undone-beside-others',
      met: !isUndone || story.beside.some(({ met }) => met),
      onlyOfMessages: true,
      story: {
        en: 'others are to take money and stock as both are put back',
        es: 'otros tienen que tomar dinero y existencias mientras se devuelven ambos',
      },
    },
    {
      condition: 'asked-before-it-was-written',
      met: story.askedOverdue.some(({ met }) => met),
      onlyOfMessages: true,
      story: {
        en: 'an overdue order is to be asked for before anybody could write that it is given up',
        es: 'se tiene que preguntar por un pedido vencido antes de que nadie pueda escribir que se abandona',
      },
    },
    {
      condition: 'compensation-came-first',
      met: !isUndone || cameFirst(story),
      onlyOfMessages: true,
      story: {
        en: 'what asks for a payment is to come to payment only after the order was given up',
        es: 'lo que pide un pago tiene que llegar a payment solo cuando ya se abandonó el pedido',
      },
    },
    {
      condition: 'broker-was-gone',
      met: story.away.some(({ what, met }) => what === 'broker' && met),
      story: {
        en: 'all three are to be connected to the broker as it goes',
        es: 'los tres tienen que estar conectados al broker cuando desaparece',
      },
    },
  ];
  return all
    .filter(({ onlyOfMessages }) => hasMessages || !onlyOfMessages)
    .map(({ condition, met, story: told }) => ({ condition, met, story: told }));
}

/** The events of one order between those of another. */
function haveOverlapped({ tales, load }: Story): boolean {
  const placed = tales.flatMap((tale) => {
    const [first] = tale.placed;
    const last = factsOf(tale, 'OrderConfirmed')[0] ?? factsOf(tale, 'OrderRejected')[0];
    const isOfLoad = first && first.invokedOn > load.from && first.invokedOn < load.to;
    return isOfLoad ? [{ ...first, end: last?.at ?? Number.POSITIVE_INFINITY }] : [];
  });
  return mostUnderWay(placed) > 1;
}

/** What order does with its messages is looked at where it comes to it. */
const haveEndedAmidWork = ({ endings }: Story): boolean =>
  (['order', 'payment', 'inventory'] as const).every((role) =>
    endings.some(
      (one) => one.role === role && one.met && (one.amid === 'request') === (role === 'order'),
    ),
  );

const wasHeld = ({ held }: Story, wanted: string): boolean =>
  held.some(({ role = 'inventory', met }) => role === wanted && met);

const cameBy = ({ interposed }: Story, wanted: string): number =>
  interposed.filter(({ how }) => how === wanted).length;

/** What undoes it, if its design tells of that, has come by then. */
const cameFirst = ({ interposed, overdue }: Story): boolean =>
  interposed.some(
    ({ how, name, order }) =>
      how === 'overtaken' &&
      (name === 'OrderCreated' || name === 'AuthorizePayment') &&
      overdue.some((one) => one.isGivenUp && (order === undefined || one.order === order)),
  );

const points: readonly { readonly role: string; readonly point: Crash['point'] }[] = [
  ...['order', 'payment', 'inventory'].flatMap((role) => [
    { role, point: 'effect' as const },
    { role, point: 'publish' as const },
  ]),
  { role: 'payment', point: 'refund' },
  { role: 'order', point: 'end' },
];
const ofMessages = ['order', 'payment', 'inventory'].flatMap((role) => [
  { role, point: 'ack' as const },
  { role, point: 'confirm' as const },
]);

function crashed({ crashes }: Story, hasMessages: boolean): Coverage {
  const wanted = hasMessages ? [...points, ...ofMessages] : points;
  const missed = wanted.filter(
    ({ role, point }) =>
      !crashes.some((one) => one.role === role && one.point === point && one.met),
  );
  const names = missed.map(({ role, point }) => `${role}: ${point}`).join(', ');
  const story: Text =
    missed.length === 0
      ? {
          en: 'each service is to be killed at each of its points',
          es: 'cada servicio tiene que morir en cada uno de sus puntos',
        }
      : {
          en: `each service is to be killed at each of its points, and these were not met: ${names}`,
          es: `cada servicio tiene que morir en cada uno de sus puntos, y a estos no se llegó: ${names}`,
        };
  return { condition: 'crashed-at-each-point', met: missed.length === 0, story };
}
