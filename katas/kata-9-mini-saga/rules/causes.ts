import { finding, pathOf, type Finding, type Text } from '../../../src/kata/index.js';
import { tookMs } from '../figures.js';
import { isOneOfTwo, type Story, type Tale } from '../story.js';
import { linesOf } from './words.js';

/** Nobody is turned away without a reason that was one. */
export function causes(story: Story, deadlineMs: number): Finding {
  const rule: Text = {
    en: 'A rejected order has its cause: declined, out of stock, or its deadline had passed.',
    es: 'Un pedido rechazado tiene su causa: pago denegado, sin existencias, o venció su plazo.',
  };
  for (const tale of story.tales) {
    const why = whyNot(tale, deadlineMs);
    if (!why) continue;
    const path = pathOf(tale);
    return finding('rejected-has-a-cause', rule, {
      story: {
        en: `order ${tale.id}: ${why.en}; ${path.en}.`,
        es: `pedido ${tale.id}: ${why.es}; ${path.es}.`,
      },
      lines: linesOf(tale, story),
    });
  }
  return finding('rejected-has-a-cause', rule, undefined);
}

function whyNot(tale: Tale, deadlineMs: number): Text | undefined {
  const { row, payments, reservations } = tale;
  const isDeclined = payments.some(({ status }) => status === 'DECLINED');
  const isSoldOut = reservations.some(({ status }) => status === 'REJECTED');
  if (isDeclined && couldBePaid(tale))
    return {
      en: 'payment declined it, and the customer had the money',
      es: 'payment lo denegó, y el cliente tenía el dinero',
    };
  if (isSoldOut && couldBeServed(tale))
    return {
      en: 'inventory rejected it, and the stock was there',
      es: 'inventory lo rechazó, y había existencias',
    };
  if (row?.status !== 'REJECTED') return undefined;
  if (row.reason === 'declined' && !isDeclined)
    return {
      en: 'it was rejected as declined, and payment declined nothing',
      es: 'se rechazó por pago denegado, y payment no denegó nada',
    };
  if (row.reason === 'out-of-stock' && !isSoldOut)
    return {
      en: 'it was rejected as out of stock, and inventory rejected nothing',
      es: 'se rechazó por falta de existencias, e inventory no rechazó nada',
    };
  if (row.reason === null)
    return { en: 'it was rejected without a reason', es: 'se rechazó sin motivo' };
  return row.reason === 'deadline' ? tooEarly(tale, deadlineMs) : undefined;
}

const couldBePaid = (tale: Tale): boolean =>
  tale.expects !== undefined && tale.expects.ends !== 'declined' && !isOneOfTwo(tale, 'money');

const couldBeServed = (tale: Tale): boolean =>
  tale.expects?.ends === 'confirmed' || isOneOfTwo(tale, 'money');

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
