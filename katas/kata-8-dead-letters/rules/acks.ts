import {
  finding,
  type Delivery,
  type Finding,
  type Noted,
  type Settled,
  type Text,
} from '../../../src/kata/index.js';
import type { Story, Told } from '../story.js';
import { nameOf } from './attempts.js';

type Copy = Told['copies'][number];

interface Early {
  readonly told: Told;
  readonly from: Noted<Delivery>;
  readonly ack: Noted<Settled>;
  /** Of which the worker did not wait for the confirm; undefined where it made none. */
  readonly copy: Copy | undefined;
}

/**
 * An acknowledgement throws the original away. Until it is shipped, or the broker has confirmed a
 * copy, there is nothing else of it.
 */
export function confirmsBeforeAck({ messages }: Story): Finding {
  const rule: Text = {
    en: 'A message is acknowledged once it is shipped, or once the broker has confirmed its copy, and not before.',
    es: 'Un mensaje recibe su ack cuando está enviado, o cuando ha llegado el confirm de su copia, y no antes.',
  };
  const [early] = messages.flatMap(earlyAckOf);
  if (!early) return finding('confirms-before-ack', rule, undefined);
  const { told, ack, from, copy } = early;
  const why = copy ? copiedLate(copy) : neither(early);
  return finding('confirms-before-ack', rule, {
    story: {
      en: `message ${told.id} (${nameOf(told).en}), delivered on history line ${from.line}, was acknowledged on line ${ack.line}; ${why.story.en}. Had the worker or the broker died in between, the message would be lost.`,
      es: `el mensaje ${told.id} (${nameOf(told).es}), entregado en la línea ${from.line} del historial, recibió su ack en la línea ${ack.line}; ${why.story.es}. Si el worker o el broker hubiera muerto entre tanto, el mensaje estaría perdido.`,
    },
    lines: [from.line, ack.line, ...why.lines].sort((a, b) => a - b),
  });
}

function copiedLate({ key, line, confirmedOn }: Copy): { story: Text; lines: number[] } {
  const isNever = confirmedOn === Infinity;
  const then: Text = isNever
    ? {
        en: 'the broker never confirmed it to the worker',
        es: 'el broker nunca le envió al worker el confirm',
      }
    : {
        en: `the broker confirmed it only on line ${confirmedOn}`,
        es: `su confirm no llegó hasta la línea ${confirmedOn}`,
      };
  return {
    story: {
      en: `its copy for ${key} was sent on line ${line}, and ${then.en}`,
      es: `su copia para ${key} salió en la línea ${line}, y ${then.es}`,
    },
    lines: [line, ...(isNever ? [] : [confirmedOn])],
  };
}

function neither({ told, ack }: Early): { story: Text; lines: number[] } {
  const open = told.calls.find(
    ({ line, answer }) => line < ack.line && (answer?.line ?? Infinity) > ack.line,
  );
  if (!open)
    return {
      story: {
        en: 'it was not shipped, and no copy of it was on its way',
        es: 'no estaba enviado, ni había salido ninguna copia suya',
      },
      lines: [],
    };
  return {
    story: {
      en: `the warehouse still had the call of line ${open.line} for it, and no copy was on its way`,
      es: `el almacén tenía aún la llamada de la línea ${open.line}, y no había salido ninguna copia suya`,
    },
    lines: [open.line],
  };
}

/** The first delivery that was acknowledged when nothing else was left of the message. */
function earlyAckOf(told: Told): Early[] {
  const shipped = told.calls.flatMap(({ answer }) => (answer?.status === 201 ? answer.line : []));
  const done = Math.min(...shipped);
  for (const ack of told.settlements) {
    if (ack.how !== 'ack' || ack.transacted || ack.line > done) continue;
    const from = told.deliveries.find(({ delivery }) => delivery === ack.delivery);
    if (!from) continue;
    // Of one that came again, whoever had it before may have left the copy; as of one that is there
    // twice, since a connection had ended with it in hand.
    const mayBeOlder = from.redelivered || told.cutOff > 0;
    const since = mayBeOlder ? 0 : from.line;
    const copies = told.copies.filter(({ line }) => line > since);
    if (copies.some(({ confirmedOn }) => confirmedOn < ack.line)) continue;
    const until = told.deliveries.find(({ line }) => line > ack.line)?.line ?? Infinity;
    return [{ told, from, ack, copy: copies.find(({ line }) => line > from.line && line < until) }];
  }
  return [];
}
