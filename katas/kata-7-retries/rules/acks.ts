import {
  finding,
  type Delivery,
  type Finding,
  type RelayedConfirm,
  type Settled,
  type Text,
} from '../../../src/kata/index.js';
import type { Story } from '../story.js';

/**
 * Between the acknowledgement and what makes it true a worker may die. Only RabbitMQ lets us see
 * both on the wire; on another broker there is nothing to find.
 */
export function acksWhatIsSafe({ history, charges }: Story): Finding {
  const rule: Text = {
    en: 'A message is acknowledged once it is done, or once the broker has confirmed it in its next queue.',
    es: 'Un mensaje recibe su ack cuando está hecho, o cuando ha llegado el confirm de su cola siguiente.',
  };
  const delivered = new Map(
    history.notes<Delivery>('amqp-delivered').map((note) => [note.value.delivery, note]),
  );
  const safe = linesBy([
    ...charges.filter(({ status }) => status === 201),
    ...history
      .notes<RelayedConfirm>('amqp-confirmed')
      .filter(({ value }) => value.how === 'ack')
      .map(({ value, line }) => ({ id: value.id, line })),
  ]);
  const settled = history
    .notes<Settled>('amqp-settled')
    .filter(({ value }) => value.how !== 'requeue')
    .map(({ value, line }) => ({ delivery: value.delivery, how: value.how, line }));
  const automatic = [...delivered.values()]
    .filter(({ value }) => value.autoAck)
    .map(({ value, line }) => ({ delivery: value.delivery, how: 'no-ack' as const, line }));
  for (const { delivery, how, line } of [...settled, ...automatic]) {
    const came = delivery === undefined ? undefined : delivered.get(delivery);
    if (!came) continue;
    const { id } = came.value;
    // Of a delivery that came again, the first may have been what is safe.
    const from = came.value.redelivered ? 0 : came.line;
    if ((safe.get(id) ?? []).some((at) => at >= from && at < line)) continue;
    const done = wordOf(how);
    return finding('acks-what-is-safe', rule, {
      story: {
        en: `${id} was delivered (history line ${came.line}) and ${done.en} (line ${line}), when it was neither done nor confirmed in another queue. Had the worker died then, the message would have been gone.`,
        es: `${id} se entregó (línea ${came.line} del historial) y ${done.es} (línea ${line}), cuando ni estaba hecho ni tenía el confirm de otra cola. De morir el worker en ese momento, el mensaje habría desaparecido.`,
      },
      lines: [...new Set([came.line, line])],
    });
  }
  return finding('acks-what-is-safe', rule, undefined);
}

function wordOf(how: Settled['how'] | 'no-ack'): Text {
  if (how === 'ack') return { en: 'acknowledged', es: 'recibió su ack' };
  if (how === 'discard')
    return { en: 'rejected without asking for it again', es: 'se rechazó sin pedir que volviera' };
  return {
    en: 'counted as acknowledged at once (no_ack)',
    es: 'contó como con ack al momento (no_ack)',
  };
}

function linesBy(values: readonly { id: string; line: number }[]): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  for (const { id, line } of values) {
    const own = lines.get(id);
    if (own) own.push(line);
    else lines.set(id, [line]);
  }
  return lines;
}
