import {
  times,
  agreeing,
  counted,
  finding,
  settlesOnce,
  type CheckResult,
  type Finding,
  type History,
  type Noted,
  type Text,
  type Witness,
} from '../../src/kata/index.js';
import { acksAfterEffect, finishes, statement } from './rules/acks.js';
import { coverageOf } from './rules/coverage.js';
import { stopsInOrder } from './rules/stops.js';
import { readStory, type Story, type Told } from './story.js';

/** Pure: what was published against what was charged, and what the worker told the broker. */
export function check(history: History): CheckResult {
  const story = readStory(history);
  return {
    findings: [
      effectOnce(story),
      noneLost(story),
      acksAfterEffect(story),
      rowsAsAsked(story),
      settlesOnce(story.settlements),
      stopsInOrder(story),
      finishes(story),
    ],
    coverage: coverageOf(story),
    figures: {
      published: story.messages.reduce((sum, { publications }) => sum + publications.length, 0),
      deliveries: story.deliveries.length,
      redelivered: story.deliveries.filter(({ redelivered }) => redelivered).length,
      doubled: story.messages.filter(isDoubled).length,
      lost: story.messages.filter(isLost).length,
    },
  };
}

const isDoubled = ({ rows }: Told): boolean => rows.length > 1;

/** Confirmed by the broker, so it had it; and neither an effect nor the message is there any more. */
const isLost = ({ publications, rows, left }: Told): boolean =>
  rows.length === 0 && left === 0 && publications.some(({ outcome }) => outcome === 'ok');

/** However often a message is delivered, its payment is taken once. */
function effectOnce(story: Story): Finding {
  const rule: Text = {
    en: 'However often a message comes, its payment is taken once.',
    es: 'Por muchas veces que llegue un mensaje, su pago se cobra una vez.',
  };
  const doubled = story.messages.filter(isDoubled);
  const ofFaults = new Set([...story.held, ...story.frozen].map(({ id }) => id));
  const one = doubled.find(({ id }) => ofFaults.has(id)) ?? doubled[0];
  if (!one) return finding('effect-once', rule, undefined);
  const { id, payment, rows } = one;
  const why = whyAgain(story, one);
  const ids = rows.map((row) => row.id).join(', ');
  const count = doubled.length;
  return finding('effect-once', rule, {
    story: {
      en: `payment ${payment.payment} of message ${id} was taken ${counted.en(rows.length, 'time', 'times')} (rows ${ids}): ${why.story.en} In all, ${count} of ${story.messages.length} payments ${agreeing.en(count, 'was', 'were')} taken more than once.`,
      es: `el pago ${payment.payment} del mensaje ${id} se cobró ${counted.es(rows.length, 'vez', 'veces')} (filas ${ids}): ${why.story.es} En total, ${count} de ${story.messages.length} pagos ${agreeing.es(count, 'se cobró', 'se cobraron')} más de una vez.`,
    },
    lines: why.lines,
  });
}

/** Why the message came more than once. */
function whyAgain({ held, frozen }: Story, { id, publications, deliveries }: Told): Witness {
  const lines = deliveries.map(({ line }) => line);
  const held1 = held.find((one) => one.id === id);
  const again = held1 && deliveries.find(({ line }) => line > held1.line);
  if (held1 && again) {
    const then: Text =
      held1.then === 'cut'
        ? { en: 'the connection broke', es: 'la conexión se rompió' }
        : { en: 'the worker crashed', es: 'el worker se cayó' };
    return {
      story: {
        en: `it was taken, its acknowledgement was on the way (history line ${held1.line}), then ${then.en}. The broker never got it and delivered the message again (line ${again.line}).`,
        es: `ya estaba cobrado y su ack iba de camino (línea ${held1.line} del historial); entonces ${then.es}. El broker nunca lo recibió y entregó el mensaje otra vez (línea ${again.line}).`,
      },
      lines: [held1.line, again.line],
    };
  }
  const stood = frozen.find((one) => one.id === id);
  const where = stood && { line: stood.line, at: statement(stood) };
  const faults: Text = where
    ? {
        en: ` The worker stood at its ${where.at} meanwhile (line ${where.line}).`,
        es: ` Entre tanto el worker estaba en su ${where.at} (línea ${where.line}).`,
      }
    : { en: '', es: '' };
  const asked = publications.map(({ invokedOn }) => invokedOn);
  return {
    story: {
      en: `it was published ${times.en(asked.length)} (history line ${asked.join(', ')}) and delivered ${times.en(lines.length)} (line ${lines.join(', ')}).${faults.en}`,
      es: `se publicó ${times.es(asked.length)} (línea ${asked.join(', ')} del historial) y se entregó ${times.es(lines.length)} (línea ${lines.join(', ')}).${faults.es}`,
    },
    lines: [...asked, ...lines, ...(where ? [where.line] : [])].sort((a, b) => a - b),
  };
}

/** No payment that the broker confirmed is forgotten. */
function noneLost(story: Story): Finding {
  const rule: Text = {
    en: 'No payment is lost: every message that was confirmed to the publisher takes effect.',
    es: 'Ningún pago se pierde: todo mensaje cuyo confirm recibió el publicador tiene su efecto.',
  };
  const lost = story.messages.filter(isLost);
  const one = lost[0];
  if (!one) return finding('none-lost', rule, undefined);
  const { id, payment, deliveries, settlements } = one;
  const published = one.publications[0]?.invokedOn ?? 0;
  const stood = story.frozen.find((frozen) => frozen.id === id && frozen.then !== 'go-on');
  const last = settlements.at(-1);
  const crash: Text = stood
    ? {
        en: ` At its ${statement(stood)} the worker was stopped (line ${stood.line}) before it took effect.`,
        es: ` En su ${statement(stood)} se detuvo al worker (línea ${stood.line}) antes de que hiciera efecto.`,
      }
    : { en: '', es: '' };
  const end = endOf(last);
  const lines = [published, ...deliveries.map(({ line }) => line), ...(last ? [last.line] : [])];
  const came = deliveries.map(({ line }) => line).join(', ');
  return finding('none-lost', rule, {
    story: {
      en: `payment ${payment.payment} of message ${id} was published and confirmed (history line ${published}), delivered ${times.en(deliveries.length)} (line ${came || '–'}), and has no row.${crash.en} ${end.en} In all, ${counted.en(lost.length, 'payment was', 'payments were')} lost.`,
      es: `el pago ${payment.payment} del mensaje ${id} se publicó y tuvo su confirm (línea ${published} del historial), se entregó ${times.es(deliveries.length)} (línea ${came || '–'}) y no tiene fila.${crash.es} ${end.es} En total ${agreeing.es(lost.length, 'se perdió', 'se perdieron')} ${counted.es(lost.length, 'pago', 'pagos')}.`,
    },
    lines,
  });
}

function endOf(last: Noted<{ how: string }> | undefined): Text {
  if (!last)
    return {
      en: 'The message is gone from the queue.',
      es: 'El mensaje ya no está en la cola.',
    };
  return last.how === 'discard'
    ? {
        en: `The worker rejected it without asking for it again (line ${last.line}).`,
        es: `El worker lo rechazó sin pedir que volviera (línea ${last.line}).`,
      }
    : {
        en: `It was acknowledged all the same (line ${last.line}): nobody will deliver it again.`,
        es: `Aun así recibió su ack (línea ${last.line}): nadie volverá a entregarlo.`,
      };
}

/** Rows are payments that somebody asked for, as they asked for them. */
function rowsAsAsked({ charges, messages }: Story): Finding {
  const rule: Text = {
    en: 'Every charge is a published payment, with its account and its amount.',
    es: 'Cada cargo es un pago publicado, con su cuenta y su importe.',
  };
  const asked = new Map(messages.map((told) => [told.payment.payment, told]));
  const bad = charges.find((row) => {
    const wanted = asked.get(row.payment)?.payment;
    return !wanted || wanted.account !== row.account || wanted.amount !== row.amount;
  });
  if (!bad) return finding('rows-as-asked', rule, undefined);
  const told = asked.get(bad.payment);
  const line = told?.publications[0]?.invokedOn;
  const wanted: Text = told
    ? {
        en: `${told.payment.amount} from ${told.payment.account} was asked for (history line ${line ?? '?'})`,
        es: `se pidió ${told.payment.amount} de ${told.payment.account} (línea ${line ?? '?'} del historial)`,
      }
    : { en: 'nobody asked for that payment', es: 'nadie pidió ese pago' };
  return finding('rows-as-asked', rule, {
    story: {
      en: `row ${bad.id} takes ${bad.amount} from ${bad.account} for payment ${bad.payment}, but ${wanted.en}.`,
      es: `la fila ${bad.id} cobra ${bad.amount} de ${bad.account} por el pago ${bad.payment}, pero ${wanted.es}.`,
    },
    lines: line === undefined ? [] : [line],
  });
}
