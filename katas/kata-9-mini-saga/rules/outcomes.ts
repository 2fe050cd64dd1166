import {
  counted,
  finding,
  pathOf,
  undecided,
  type Finding,
  type Text,
} from '../../../src/kata/index.js';
import { tookMs } from '../figures.js';
import { isOneOfTwo, kept, type Story, type Tale } from '../story.js';
import { crashOf, linesOf, tellingMost } from './words.js';

/** A saga that rejects everything keeps nothing wrongly, and sells nothing. */
export function servedIsConfirmed(story: Story, deadlineMs: number): Finding {
  const name = 'served-is-confirmed';
  const rule: Text = {
    en: 'An order that can be paid and served, and that nothing disturbs, is confirmed.',
    es: 'Un pedido que se puede pagar y servir, y que nada perturba, se confirma.',
  };
  const unserved = (['stock', 'money'] as const).flatMap((of) => {
    const pair = story.tales.filter((tale) => isOneOfTwo(tale, of));
    return pair.every(({ row }) => row?.status === 'REJECTED') ? pair : [];
  });
  const refused = story.tales.filter(
    (tale) =>
      tale.row?.status === 'REJECTED' &&
      tale.expects?.undisturbed &&
      (tale.expects.ends === 'confirmed' || unserved.includes(tale)),
  );
  const certain = refused.filter((tale) => !isMachines(tale, story, deadlineMs));
  const one = certain[0];
  if (!one && refused.length > 0) return undecided(name, rule, tooSlow);
  if (!one) return finding(name, rule, undefined);
  const path = pathOf(one);
  const reason = one.row?.reason ?? '?';
  return finding(name, rule, {
    story: {
      en: `order ${one.id} was rejected (${reason}): its customer had the money, the stock was there, and nothing was in its way; ${path.en}.`,
      es: `el pedido ${one.id} se rechazó (${reason}): su cliente tenía el dinero, había existencias y nada estorbaba; ${path.es}.`,
    },
    lines: linesOf(one, story),
  });
}

const tooSlow: Text = {
  en: 'orders ran into their deadline, and this machine was so slow that it may be its doing',
  es: 'hubo pedidos que agotaron su plazo, y esta máquina iba tan lenta que puede ser culpa suya',
};

/** Whether it may be the machine that was late: then all of it was slow, and no single step. */
function isMachines(tale: Tale, { tales }: Story, deadlineMs: number): boolean {
  if (tale.row?.reason !== 'deadline') return false;
  const took = tales
    .flatMap(({ expects, ...one }) =>
      expects?.undisturbed ? (tookMs({ expects, ...one }, 'OrderConfirmed') ?? []) : [],
    )
    .sort((a, b) => a - b);
  const median = took[Math.floor(took.length / 2)] ?? 0;
  if (tale.slownessMs > deadlineMs / 6 || median > deadlineMs / 4) return true;
  return longestStepMs(tale) < deadlineMs * stuckShare;
}

/** Who is stuck at one step was quick at all others; who is starved is slow at more than one. */
const stuckShare = 0.85;

/** The longest that nothing was seen of an order, until it was rejected. */
function longestStepMs({ placed: [first], messages }: Tale): number {
  const rejected = messages.findIndex(({ name }) => name === 'OrderRejected');
  const until = messages.slice(0, rejected < 0 ? undefined : rejected + 1);
  const times = [...(first ? [first.start] : []), ...until.map(({ at }) => at)];
  const steps = times.slice(1).map((at, n) => at - (times[n] ?? at));
  return Math.max(0, ...steps) / 1_000;
}

export function confirmedHasBoth(story: Story): Finding {
  const rule: Text = {
    en: 'A confirmed order has one authorisation that stands, and one reservation.',
    es: 'Un pedido confirmado tiene una autorización en pie y una reserva.',
  };
  const wrong = story.tales.filter((tale) => {
    const { paid, reserved } = kept(tale);
    return tale.row?.status === 'CONFIRMED' && (paid < 1 || reserved < 1);
  });
  const one = tellingMost(wrong);
  if (!one) return finding('confirmed-has-both', rule, undefined);
  const { paid, reserved } = kept(one);
  const path = pathOf(one);
  return finding('confirmed-has-both', rule, {
    story: {
      en: `order ${one.id} is CONFIRMED with ${counted.en(paid, 'authorisation that stands', 'authorisations that stand')} and ${counted.en(reserved, 'reservation', 'reservations')}.${crashOf(one).en} ${path.en}.`,
      es: `el pedido ${one.id} está CONFIRMED con ${counted.es(paid, 'autorización', 'autorizaciones')} en pie y ${counted.es(reserved, 'reserva', 'reservas')}.${crashOf(one).es} ${path.es}.`,
    },
    lines: linesOf(one, story),
  });
}

export function rejectedKeepsNothing(story: Story): Finding {
  const rule: Text = {
    en: 'A rejected order keeps neither money nor stock.',
    es: 'Un pedido rechazado no se queda ni dinero ni existencias.',
  };
  const wrong = story.tales.filter((tale) => {
    const { paid, reserved } = kept(tale);
    return tale.row?.status === 'REJECTED' && (paid > 0 || reserved > 0);
  });
  const one = tellingMost(wrong);
  if (!one) return finding('rejected-keeps-nothing', rule, undefined);
  const { paid, reserved } = kept(one);
  const path = pathOf(one);
  const what: Text =
    paid > 0 && reserved > 0
      ? { en: 'payment and inventory keep', es: 'payment e inventory se quedan' }
      : paid > 0
        ? { en: 'payment keeps', es: 'payment se queda' }
        : { en: 'inventory keeps', es: 'inventory se queda' };
  return finding('rejected-keeps-nothing', rule, {
    story: {
      en: `${counted.en(wrong.length, 'rejected order was', 'rejected orders were')} never undone. Order ${one.id} is REJECTED (${one.row?.reason ?? '?'}), and ${what.en} what it took for it.${crashOf(one).en} ${path.en}.`,
      es: `${counted.es(wrong.length, 'pedido rechazado nunca se deshizo', 'pedidos rechazados nunca se deshicieron')}. El pedido ${one.id} está REJECTED (${one.row?.reason ?? '?'}), y ${what.es} lo que tomó para él.${crashOf(one).es} ${path.es}.`,
    },
    lines: linesOf(one, story),
  });
}
