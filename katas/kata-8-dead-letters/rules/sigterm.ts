import {
  finding,
  noted,
  type ChannelClosed,
  type Disconnected,
  type Finding,
  type History,
  type Noted,
  type Text,
} from '../../../src/kata/index.js';
import type { Story, Told } from '../story.js';
import { nameOf } from './attempts.js';

type End = Noted<Disconnected | ChannelClosed>;

interface Left {
  readonly told: Told;
  readonly delivered: number;
  readonly answered: number;
  readonly ended: number;
}

/**
 * What was tried is shipped, or has a copy: whoever ends without having settled it has it delivered
 * once more, with a count that is not true any more.
 */
export function settledOnSigterm(history: History, story: Story): Finding {
  const rule: Text = {
    en: 'On SIGTERM the worker settles what it has tried before it ends.',
    es: 'Con SIGTERM, el worker da ack o rechaza lo que ha intentado antes de terminar.',
  };
  const [left] = leftUnsettled(history, story);
  if (!left) return finding('settled-on-sigterm', rule, undefined);
  const { told, delivered, answered, ended } = left;
  const stopped = story.replaced?.line ?? 0;
  return finding('settled-on-sigterm', rule, {
    story: {
      en: `message ${told.id} (${nameOf(told).en}) was delivered on history line ${delivered}; the worker was told to stop before line ${stopped}, and the warehouse answered its call on line ${answered}. On line ${ended} the worker's connection ended, and no acknowledgement or rejection of the message had come through: the broker delivers it again.`,
      es: `el mensaje ${told.id} (${nameOf(told).es}) se entregó en la línea ${delivered} del historial; al worker se le pidió parar antes de la línea ${stopped}, y el almacén respondió a su llamada en la línea ${answered}. En la línea ${ended} terminó la conexión del worker sin que hubiera llegado ni ack ni rechazo del mensaje: el broker lo entrega otra vez.`,
    },
    lines: [delivered, stopped, answered, ended].sort((a, b) => a - b),
  });
}

function leftUnsettled(history: History, { messages, replaced }: Story): Left[] {
  if (!replaced) return [];
  const ends: End[] = [
    ...noted<Disconnected>(history, 'amqp-disconnected'),
    ...noted<ChannelClosed>(history, 'amqp-channel-closed'),
  ].filter(({ line }) => line > replaced.line);
  return messages.flatMap((told) => ends.flatMap((end) => leftBy(end, told, replaced.line)));
}

/** Delivered before it was told to stop, and answered after that: it had nothing left to try. */
function leftBy(end: End, told: Told, stoppedOn: number): Left[] {
  if (!end.unacked.includes(told.id)) return [];
  const from = told.deliveries.findLast(
    ({ line, tap, connection, delivery }) =>
      line < stoppedOn &&
      tap === end.tap &&
      connection === end.connection &&
      !told.settlements.some((one) => one.delivery === delivery),
  );
  if (!from) return [];
  const answered = told.calls
    .filter(({ line }) => line > from.line)
    .map(({ answer }) => answer?.line ?? Infinity)
    .find((line) => line > stoppedOn && line < end.line);
  if (answered === undefined) return [];
  return [{ told, delivered: from.line, answered, ended: end.line }];
}
