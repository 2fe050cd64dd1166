import { finding, linesOf, type Finding, type Text } from '../../../src/kata/index.js';
import type { Final } from '../notes.js';
import type { Story, Tale } from '../story.js';

/** One line of the reconciliation: what several books say of the same thing. */
export interface Reconciled {
  readonly what: Text;
  /** By whose book; all are to say the same. */
  readonly says: readonly { readonly book: string; readonly value: number }[];
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** What the four databases, the provider and the carrier say of the orders that stand. */
export function reconciliation({ final, outside, seeded }: Story): Reconciled[] {
  const confirmed = final.orders.filter(({ status }) => status === 'CONFIRMED');
  const standing = outside.charges.filter(({ refunded }) => !refunded);
  const left = Object.entries(seeded.stock).map(
    ([sku, before]) => before - (final.stock[sku] ?? 0),
  );
  return [
    {
      what: { en: 'orders that stand', es: 'pedidos en pie' },
      says: [
        { book: 'orders', value: confirmed.length },
        { book: 'payments', value: paid(final).length - final.refunds.length },
        { book: 'inventory', value: reserved(final).length - final.releases.length },
        { book: 'shipping', value: booked(final).length - final.cancellations.length },
        { book: 'provider', value: standing.length },
        { book: 'carrier', value: outside.parcels.filter(({ cancelled }) => !cancelled).length },
      ],
    },
    {
      what: { en: 'money', es: 'dinero' },
      says: [
        { book: 'orders', value: sum(confirmed.map(({ amount }) => amount)) },
        {
          book: 'payments',
          value:
            sum(paid(final).map(({ amount }) => amount)) -
            sum(final.refunds.map(({ amount }) => amount)),
        },
        { book: 'provider', value: sum(standing.map(({ amount }) => amount)) },
      ],
    },
    {
      what: { en: 'goods', es: 'artículos' },
      says: [
        { book: 'orders', value: sum(confirmed.map(({ quantity }) => quantity)) },
        {
          book: 'inventory',
          value:
            sum(reserved(final).map(({ quantity }) => quantity)) -
            sum(final.releases.map(({ quantity }) => quantity)),
        },
        { book: 'stock', value: sum(left) },
      ],
    },
  ];
}

const paid = ({ payments }: Final) => payments.filter(({ status }) => status === 'AUTHORIZED');
const reserved = ({ reservations }: Final) =>
  reservations.filter(({ status }) => status === 'RESERVED');
const booked = ({ parcels }: Final) => parcels.filter(({ status }) => status === 'BOOKED');

export const isEven = ({ says }: Reconciled): boolean =>
  says.every(({ value }) => value === says[0]?.value);

/** Over all four, and with who is outside: nothing appears, nothing is lost. */
export function booksAreEven(story: Story): Finding {
  const rule: Text = {
    en: 'The books of all four services, of the provider and of the carrier say the same of what stands.',
    es: 'Los libros de los cuatro servicios, del proveedor y del transportista dicen lo mismo de lo que sigue en pie.',
  };
  const uneven = reconciliation(story).find((one) => !isEven(one));
  if (!uneven) return finding('books-are-even', rule, undefined);
  const said = uneven.says.map(({ book, value }) => `${book} ${value}`).join(', ');
  return finding('books-are-even', rule, {
    story: { en: `${uneven.what.en}: ${said}.`, es: `${uneven.what.es}: ${said}.` },
    lines: [story.finalLine],
  });
}

/** Of every single order: amount, article, quantity, charge and tracking are its own in every book. */
export function effectsAsOrdered(story: Story): Finding {
  const rule: Text = {
    en: 'What is paid, reserved and sent, and taken back, is what was ordered, under the ids that the others gave.',
    es: 'Lo que se cobra, reserva y envía, y lo que se deshace, es lo que se pidió, con los ids que dieron los demás.',
  };
  const charges = new Map(story.outside.charges.map((one) => [one.charge, one]));
  const trackings = new Map(story.outside.parcels.map((one) => [one.tracking, one]));
  for (const tale of story.tales) {
    const why = differs(tale, story.final, { charges, trackings });
    if (!why) continue;
    return finding('effects-as-ordered', rule, {
      story: {
        en: `order ${tale.id} (${tale.address}): ${why.en}.`,
        es: `pedido ${tale.id} (${tale.address}): ${why.es}.`,
      },
      lines: linesOf(tale, story),
    });
  }
  return finding('effects-as-ordered', rule, undefined);
}

interface Outsiders {
  readonly charges: ReadonlyMap<string, { readonly order: string }>;
  readonly trackings: ReadonlyMap<string, { readonly order: string }>;
}

function differs(tale: Tale, final: Final, outsiders: Outsiders): Text | undefined {
  const { order, holdings } = tale;
  const done = holdings.filter((one) => one.done + one.undone > 0).map(({ role }) => role);
  if (!order && done.length > 0)
    return {
      en: `${done.join(', ')} did something for it, and orders knows no such order`,
      es: `${done.join(', ')} hizo algo por él, y orders no conoce tal pedido`,
    };
  return order && (otherEffect(order, final) ?? otherIds(order, final, outsiders));
}

type Ordered = NonNullable<Tale['order']>;

const rowsOf = <T extends { order: string }>({ id }: Ordered, all: readonly T[]): T[] =>
  all.filter((row) => row.order === id);

function otherEffect(order: Ordered, final: Final): Text | undefined {
  const amount = rowsOf(order, [...paid(final), ...final.refunds]).find(
    (row) => row.amount !== order.amount,
  );
  if (amount)
    return {
      en: `its amount is ${order.amount}, and payments moved ${amount.amount}`,
      es: `su importe es ${order.amount}, y payments movió ${amount.amount}`,
    };
  const goods = rowsOf(order, [...reserved(final), ...final.releases]).find(
    ({ sku, quantity }) => sku !== order.sku || quantity !== order.quantity,
  );
  return (
    goods && {
      en: `it is of ${order.quantity} × ${order.sku}, and inventory moved ${goods.quantity} × ${goods.sku}`,
      es: `es de ${order.quantity} × ${order.sku}, e inventory movió ${goods.quantity} × ${goods.sku}`,
    }
  );
}

/** The ids that the provider and the carrier gave are theirs for this order. */
function otherIds(
  order: Ordered,
  final: Final,
  { charges, trackings }: Outsiders,
): Text | undefined {
  const { id } = order;
  const isCharge = (charge: string | null) => charges.get(charge ?? '')?.order === id;
  const isParcel = (tracking: string | null) => trackings.get(tracking ?? '')?.order === id;
  const payment = rowsOf(order, paid(final)).find(({ charge }) => !isCharge(charge));
  if (payment)
    return {
      en: `payments has the charge ${payment.charge ?? 'none'}, which the provider gave for no such order`,
      es: `payments tiene el cargo ${payment.charge ?? 'ninguno'}, que el proveedor no dio para ese pedido`,
    };
  const parcel = rowsOf(order, booked(final)).find(({ tracking }) => !isParcel(tracking));
  if (parcel)
    return {
      en: `shipping has the tracking ${parcel.tracking ?? 'none'}, which the carrier gave for no such order`,
      es: `shipping tiene el seguimiento ${parcel.tracking ?? 'ninguno'}, que el transportista no dio para ese pedido`,
    };
  if (order.status !== 'CONFIRMED' || isParcel(order.tracking)) return undefined;
  return {
    en: `it is confirmed with the tracking ${order.tracking ?? 'none'}, which is not its parcel's`,
    es: `está confirmado con el seguimiento ${order.tracking ?? 'ninguno'}, que no es el de su paquete`,
  };
}
