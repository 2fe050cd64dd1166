import {
  agreeing,
  counted,
  finding,
  holds,
  undecided,
  type Delivery,
  type Finding,
  type Noted,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import type { Stop, Story } from '../story.js';

/** Of the five seconds that it has: whoever needs more may have had to leave something. */
const inTimeMs = 4_000;
/** One may have been on its way to a worker that asks for them one by one. */
const onItsWay = 1;

/** Told to stop, a worker takes no more, and brings to its end what it has. */
export function stopsInOrder(story: Story): Finding {
  const name = 'stops-in-order';
  const rule: Text = {
    en: 'On SIGTERM a worker takes no more messages, and acknowledges those in hand once they are done.',
    es: 'Con SIGTERM un worker no toma más mensajes, y da ack a los que tiene entre manos cuando están hechos.',
  };
  const { stop } = story;
  // How it ended is the contract's own rule.
  if (stop?.ended?.kind !== 'drained') return holds(name, rule);
  const tookOn = takenOn(story, stop);
  if (tookOn) return finding(name, rule, tookOn);
  const left = leftUndone(story, stop) ?? leftUnsaid(story, stop) ?? givenBack(story, stop);
  if (!left || stop.ended.tookMs < inTimeMs) return finding(name, rule, left);
  return undecided(name, rule, {
    en: 'the worker needed nearly all of the time that it has for ending, so it may have been cut short',
    es: 'el worker necesitó casi todo el tiempo que tiene para terminar, así que puede que no le alcanzara',
  });
}

/** Delivered once it was told to stop and had been let go on, and acknowledged all the same. */
function takenOn({ deliveries, settlements }: Story, stop: Stop): Witness | undefined {
  const acked = new Map(
    settlements.filter(({ how }) => how === 'ack').map((one) => [one.delivery, one.line]),
  );
  const taken = deliveries.filter(
    ({ line, delivery }) => line > stop.thawedOn && line < stop.after.line && acked.has(delivery),
  );
  const [one] = taken;
  if (!one || taken.length <= onItsWay) return undefined;
  const [asked, ack, count] = [stop.asked.line, acked.get(one.delivery) ?? 0, taken.length];
  return {
    story: {
      en: `the worker got SIGTERM (history line ${asked}). Message ${one.id} was delivered to it long afterwards (line ${one.line}), and it acknowledged it (line ${ack}); so it did with ${counted.en(count, 'message', 'messages')}.`,
      es: `el worker recibió SIGTERM (línea ${asked} del historial). El mensaje ${one.id} se le entregó mucho después (línea ${one.line}), y le dio ack (línea ${ack}); así hizo con ${counted.es(count, 'mensaje', 'mensajes')}.`,
    },
    lines: [asked, one.line, ack],
  };
}

/** It was in the middle of something, and settled nothing of what it had in hand. */
function leftUndone({ settlements }: Story, { asked, ended }: Stop): Witness | undefined {
  const inHand = new Set<number | undefined>(asked.inHand);
  const settled = settlements.some(
    ({ delivery, line }) => line > asked.line && inHand.has(delivery),
  );
  if (asked.standing === 0 || inHand.size === 0 || settled) return undefined;
  const [line, end, count] = [asked.line, ended?.line ?? 0, inHand.size];
  return {
    story: {
      en: `the worker had ${counted.en(count, 'message', 'messages')} in hand and stood at the INSERT of a payment when it got SIGTERM (history line ${line}). It ended (line ${end}) and had acknowledged none of them.`,
      es: `el worker tenía ${counted.es(count, 'mensaje', 'mensajes')} entre manos y estaba en el INSERT de un pago cuando recibió SIGTERM (línea ${line} del historial). Terminó (línea ${end}) sin haber dado ack a ninguno.`,
    },
    lines: [line, end],
  };
}

/** Nobody else worked: it has taken the payment itself, and its acknowledgement never came. */
function leftUnsaid(story: Story, { asked, after }: Stop): Witness | undefined {
  const inHand = new Set(asked.inHand);
  const settled = new Set(story.settlements.map(({ delivery }) => delivery));
  const unsaid = after.done.flatMap((id) => {
    const [one, ...more] = deliveriesBefore(story, id, after.line);
    const isUnsaid = one && inHand.has(one.delivery) && !settled.has(one.delivery);
    return isUnsaid && more.length === 0 ? [one] : [];
  });
  const [one] = unsaid;
  if (!one) return undefined;
  const count = unsaid.length;
  return {
    story: {
      en: `message ${one.id} was in the worker's hand (delivered on history line ${one.line}) when it got SIGTERM (line ${asked.line}). When it had ended the payment was taken (line ${after.line}), and no acknowledgement had come to the broker, which delivers the message again. So it was with ${counted.en(count, 'message', 'messages')}.`,
      es: `el worker tenía entre manos el mensaje ${one.id} (entregado en la línea ${one.line} del historial) cuando recibió SIGTERM (línea ${asked.line}). Cuando terminó, el pago estaba cobrado (línea ${after.line}) y al broker no le había llegado ningún ack: volverá a entregarlo. Así ${agreeing.es(count, 'quedó', 'quedaron')} ${counted.es(count, 'mensaje', 'mensajes')}.`,
    },
    lines: [one.line, asked.line, after.line],
  };
}

/**
 * Handed back with its statement under way, which then took the payment all the same. A worker that
 * gives up what takes too long does that, too: it is blamed for what came sooner than it gives up.
 */
function givenBack(story: Story, { asked, thawedOn, after }: Stop): Witness | undefined {
  const patienceUs = patienceOf(story);
  const back = story.settlements.filter(
    ({ how, line }) => how === 'requeue' && line > asked.line && line < thawedOn,
  );
  const taken = after.done.flatMap((id) => {
    const [one, ...more] = deliveriesBefore(story, id, after.line);
    const given = back.find(({ delivery }) => delivery === one?.delivery);
    const isSoon = one && given && given.at - one.at < patienceUs;
    return isSoon && more.length === 0 ? [{ one, given }] : [];
  });
  const [first] = taken;
  if (!first) return undefined;
  const { one, given } = first;
  const count = taken.length;
  return {
    story: {
      en: `the worker stood at the INSERT for message ${one.id} (delivered on history line ${one.line}) when it got SIGTERM (line ${asked.line}). It handed the message back at once (line ${given.line}), so that it comes again, and then took the payment all the same. So it was with ${counted.en(count, 'message', 'messages')}.`,
      es: `el worker estaba en el INSERT del mensaje ${one.id} (entregado en la línea ${one.line} del historial) cuando recibió SIGTERM (línea ${asked.line}). Devolvió el mensaje enseguida (línea ${given.line}), así que volverá, y aun así cobró después el pago. Así ${agreeing.es(count, 'quedó', 'quedaron')} ${counted.es(count, 'mensaje', 'mensajes')}.`,
    },
    lines: [one.line, asked.line, given.line],
  };
}

/** How long it has waited for a slow database without giving up, in microseconds. */
function patienceOf({ frozen, messages }: Story): number {
  const slow = frozen.find((one) => one.in === 'slow-database');
  const told = messages.find(({ id }) => id === slow?.id);
  const [delivered, settled] = [told?.deliveries[0], told?.settlements[0]];
  return delivered && settled?.how === 'ack' ? settled.at - delivered.at : 0;
}

function deliveriesBefore({ messages }: Story, id: string, line: number): Noted<Delivery>[] {
  const told = messages.find((one) => one.id === id);
  return told?.deliveries.filter((one) => one.line < line) ?? [];
}
