import {
  confirmedHasAll,
  finding,
  linesOf,
  pathOf,
  rejectedKeepsNothing,
  undecided,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { tookMs, type Story, type Tale } from '../story.js';
import { cameLateOnce, cameVeryLate } from './came-late.js';
import { keptByLabMs, unheeded } from './newer.js';

/** A shop that rejects everything keeps nothing wrongly, and sells nothing. */
export function servedIsConfirmed(story: Story, deadlineMs: number): Finding {
  const name = 'served-is-confirmed';
  const rule: Text = {
    en: 'An order that can be paid, served and delivered, and that nothing disturbs, is confirmed.',
    es: 'Un pedido que se puede pagar, servir y entregar, y que nada perturba, se confirma.',
  };
  const refused = story.tales.filter(
    ({ expects, order }) =>
      order?.status === 'REJECTED' && expects?.undisturbed && expects.ends === 'confirmed',
  );
  if (refused.length === 0) return finding(name, rule, undefined);
  const isBlamed = (tale: Tale): boolean =>
    tale.order?.reason !== 'deadline' ||
    (stoodStillMs(tale) > deadlineMs / 2 &&
      !isSlow(story, cameVeryLate(tale, deadlineMs) ? deadlineMs / 2 : deadlineMs / 4) &&
      !cameLateOnce(refused, tale, deadlineMs));
  const one =
    refused.find((tale) => tale.order?.reason !== 'deadline') ??
    refused.find((tale) => unheeded(story, tale)) ??
    refused.find(isBlamed);
  if (!one) return undecided(name, rule, tooSlow);
  const [path, reason] = [pathOf(one), one.order?.reason ?? '?'];
  const thrown = thrownAway(story, one);
  return finding(name, rule, {
    story: {
      en: `order ${one.id} (${one.address}) was rejected (${reason}): the money, the stock and the address were there, and nothing was in its way; ${thrown.en}${path.en}.`,
      es: `el pedido ${one.id} (${one.address}) se rechazó (${reason}): había dinero, existencias y dirección, y nada estorbaba; ${thrown.es}${path.es}.`,
    },
    lines: linesOf(one, story),
  });
}

/** Nothing, where all that it was told left something in its books. */
function thrownAway(story: Story, tale: Tale): Text {
  const thrown = unheeded(story, tale);
  if (!thrown) return { en: '', es: '' };
  const { name, role } = thrown;
  return {
    en: `${name} came to ${role} with fields of a newer version, and left nothing in its books; `,
    es: `${name} llegó a ${role} con campos de una versión más nueva, y no dejó nada en sus libros; `,
  };
}

const tooSlow: Text = {
  en: 'orders ran into their deadline, and this machine was so slow that it may be its doing',
  es: 'hubo pedidos que agotaron su plazo, y esta máquina iba tan lenta que puede ser culpa suya',
};

/**
 * The machine was slow where half of what nothing disturbed, and did come to its end by itself, took a
 * good part of the deadline, or where the lab itself took as long to hand a message on. An order with
 * which nobody goes on tells nothing of how fast the others are.
 */
function isSlow(story: Story, mostMs: number): boolean {
  return Math.max(usualMs(story) ?? Infinity, keptByLabMs(story)) > mostMs;
}

/** Where an order that nothing disturbs takes so long, anything may come late by the machine's doing. */
const longMs = 1_000;

/** Those that come once a dependency is well again wait for a breaker, and say nothing of the machine. */
export function isBusy({ tales }: Story): boolean {
  const others = tales.filter(({ expects }) => expects?.act !== 'provider');
  return (usualMs({ tales: others }) ?? 0) > longMs;
}

/** In the middle of what nothing disturbed and that came to its end by itself; undefined of none. */
function usualMs({ tales }: Pick<Story, 'tales'>): number | undefined {
  const took = tales
    .flatMap((tale) =>
      tale.expects?.undisturbed && tale.order?.reason !== 'deadline'
        ? (tookMs(tale, 'OrderConfirmed') ?? tookMs(tale, 'OrderRejected') ?? [])
        : [],
    )
    .sort((a, b) => a - b);
  return took[Math.floor(took.length / 2)];
}

/** The longest that nothing was told of it, until it ended: slowness alone spreads over all its steps. */
function stoodStillMs({ placed: [first], messages }: Tale): number {
  const times = [first?.start ?? 0, ...messages.map(({ at }) => at)];
  return Math.max(0, ...times.slice(1).map((at, n) => at - (times[n] ?? at))) / 1000;
}

export const confirmedHasThree = (story: Story): Finding =>
  confirmedHasAll(
    'confirmed-has-all-three',
    {
      en: 'A confirmed order has a payment, a reservation and a parcel that stand.',
      es: 'Un pedido confirmado tiene un pago, una reserva y un paquete en pie.',
    },
    story,
  );

export const rejectedKeeps = (story: Story): Finding =>
  rejectedKeepsNothing(
    {
      en: 'A rejected order keeps neither money, nor stock, nor a parcel.',
      es: 'Un pedido rechazado no se queda ni dinero, ni existencias, ni paquete.',
    },
    story,
  );

/** Nobody is turned away without a reason that was one. */
export function rejectedHasACause(story: Story, deadlineMs: number): Finding {
  const rule: Text = {
    en: 'A rejected order has its cause: declined, out of stock, not deliverable, or its deadline had passed.',
    es: 'Un pedido rechazado tiene su causa: pago denegado, sin existencias, no entregable, o venció su plazo.',
  };
  for (const tale of story.tales) {
    const why = withoutCause(tale, deadlineMs);
    if (!why) continue;
    return finding('rejected-has-a-cause', rule, {
      story: {
        en: `order ${tale.id} (${tale.address}): ${why.en}; ${pathOf(tale).en}.`,
        es: `pedido ${tale.id} (${tale.address}): ${why.es}; ${pathOf(tale).es}.`,
      },
      lines: linesOf(tale, story),
    });
  }
  return finding('rejected-has-a-cause', rule, undefined);
}

function withoutCause(tale: Tale, deadlineMs: number): Text | undefined {
  const { order, expects } = tale;
  if (order?.status !== 'REJECTED') return undefined;
  const { reason } = order;
  if (reason === null)
    return { en: 'it was rejected without a reason', es: 'se rechazó sin motivo' };
  if (reason === 'deadline') return tooEarly(tale, deadlineMs);
  if (expects === undefined || expects.ends === reason || expects.ends === 'none') return undefined;
  return {
    en: `it was rejected as ${reason}, and there was no such thing`,
    es: `se rechazó por ${reason}, y no era así`,
  };
}

/** What the lab sees comes later than it was, never earlier. */
function tooEarly(tale: Tale, deadlineMs: number): Text | undefined {
  const took = tookMs(tale, 'OrderRejected');
  if (took === undefined || took >= deadlineMs) return undefined;
  const ms = Math.round(took);
  return {
    en: `it was given up after ${ms} ms, and its deadline is ${deadlineMs} ms`,
    es: `se abandonó a los ${ms} ms, y su plazo es de ${deadlineMs} ms`,
  };
}

/** Of what was refused at its last step: first the stock, and once that is back, the money. */
export function compensatesBackwards(story: Story): Finding {
  const name = 'compensates-backwards';
  const rule: Text = {
    en: 'What was done is undone from the last step to the first: the money is given back once the stock is, and the order is rejected last.',
    es: 'Lo hecho se deshace del último paso al primero: el dinero se devuelve cuando ya se repusieron las existencias, y el pedido se rechaza al final.',
  };
  for (const tale of story.tales) {
    const early = rejectedTooSoon(tale);
    if (early) return finding(name, rule, early);
    if (tale.order?.reason !== 'not-deliverable') continue;
    const first = (wanted: string) => tale.messages.find(({ name: one }) => one === wanted);
    const [released, refund] = [first('StockReleased'), first('RefundPayment')];
    if (!refund || (released && released.line < refund.line)) continue;
    return finding(name, rule, {
      story: {
        en: `order ${tale.id}: RefundPayment was sent (history line ${refund.line}) ${released ? `before StockReleased came (line ${released.line})` : 'and StockReleased never came'}.`,
        es: `pedido ${tale.id}: se mandó RefundPayment (línea ${refund.line} del historial) ${released ? `antes de que llegara StockReleased (línea ${released.line})` : 'y StockReleased nunca llegó'}.`,
      },
      lines: [refund.line, ...(released ? [released.line] : [])],
    });
  }
  return finding(name, rule, undefined);
}

/** Where the broker stays: what it has lost comes once more, and then later than what was made of it. */
const acts = new Set(['calm', 'out-of-stock', 'not-deliverable', 'provider']);

/** Orders alone says so, once it has heard that the money is back: the broker has both in that order. */
function rejectedTooSoon({ id, order, expects, messages }: Tale): Witness | undefined {
  if (!acts.has(expects?.act ?? '')) return undefined;
  if (order?.reason !== 'out-of-stock' && order?.reason !== 'not-deliverable') return undefined;
  const [rejected, refunded] = (['OrderRejected', 'PaymentRefunded'] as const).map((wanted) =>
    messages.find(({ name }) => name === wanted),
  );
  if (!rejected || !refunded || refunded.line < rejected.line) return undefined;
  const lines = [rejected.line, refunded.line];
  return {
    story: {
      en: `order ${id}: OrderRejected was told (history line ${rejected.line}) before PaymentRefunded came (line ${refunded.line}): it is PENDING until the money is back.`,
      es: `pedido ${id}: se contó OrderRejected (línea ${rejected.line} del historial) antes de que llegara PaymentRefunded (línea ${refunded.line}): está PENDING hasta que vuelve el dinero.`,
    },
    lines,
  };
}
