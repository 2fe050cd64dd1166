import {
  finding,
  grouped,
  noted,
  type Delivery,
  type Finding,
  type RelayedPublication,
  type Settled,
  type Text,
} from '../../../src/kata/index.js';
import { pulseEveryMs } from '../contract.js';
import type { Story } from '../story.js';

const stillMs = 300;
/** Once may be anything: a queue that is declared, memory that is swept. */
const often = 5;
/** The lab published a pulse, and the broker confirmed it, so soon after it was due. */
const quickMs = 60;

/** A message was in hand all the time, never called for, and nobody did anything. */
interface Still {
  readonly id: string;
  readonly ms: number;
  readonly cameOn: number;
  readonly calledOn: number;
}

/**
 * The pulses cannot tell a worker that pauses from a slow machine: they are held up by either. But the
 * lab publishes them and the broker confirms them all the same; where both were quick all along, it
 * was the worker that stood still. (Seen on RabbitMQ.)
 */
export function neverStandsStill(story: Story): Finding {
  const rule: Text = {
    en: 'Where a message is in hand and was never called for, the worker does not pause.',
    es: 'Con un mensaje entre manos por el que aún no llamó, el worker no hace pausas.',
  };
  const all = standings(story);
  const [longest] = [...all].sort((a, b) => b.ms - a.ms);
  if (!longest || all.length < often) return finding('never-stands-still', rule, undefined);
  const { id, ms, cameOn, calledOn } = longest;
  return finding('never-stands-still', rule, {
    story: {
      en: `${id} came to the worker (history line ${cameOn}) and was called for the first time only on line ${calledOn}; for ${ms} ms of that the worker called nobody, published nothing and acknowledged nothing, though broker and lab were quick. It stood still ${all.length} times.`,
      es: `${id} llegó al worker (línea ${cameOn} del historial) y su primera llamada no fue hasta la línea ${calledOn}; durante ${ms} ms de ese tiempo el worker no llamó a nadie, no publicó nada y no dio ningún ack, aunque broker y laboratorio iban rápidos. Se quedó parado ${all.length} veces.`,
    },
    lines: [cameOn, calledOn],
  });
}

function standings(story: Story): Still[] {
  const { history, charges } = story;
  const delivered = noted<Delivery>(history, 'amqp-delivered');
  if (delivered.length === 0) return [];
  const moves = [
    ...charges,
    ...noted<RelayedPublication>(history, 'amqp-published'),
    ...noted<Settled>(history, 'amqp-settled'),
  ]
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  const chargesOf = grouped(charges, ({ id }) => id);
  // The first delivery of each, and its first call.
  const first = new Map(delivered.toReversed().map((one) => [one.id, one]));
  const waiting = [...first.values()].flatMap((came) => {
    const [call] = chargesOf.get(came.id) ?? [];
    return call && call.at - came.at >= stillMs * 1000 ? [{ came, call }] : [];
  });
  return moves.slice(1).flatMap((until, n) => {
    const from = moves[n] ?? until;
    if (until - from < stillMs * 1000 || !wasQuick(story, from, until)) return [];
    const one = waiting.find(({ came, call }) => came.at <= from && call.at >= until);
    if (!one) return [];
    const { came, call } = one;
    const ms = Math.round((until - from) / 1000);
    return [{ id: came.id, ms, cameOn: came.line, calledOn: call.line }];
  });
}

/** All pulses of that time were with the broker soon after they were due. */
function wasQuick(story: Story, from: number, until: number): boolean {
  const every = pulseEveryMs * 1000;
  const due = story.of('pulse').flatMap(({ id, published }) => {
    const at = story.pulseFrom + Number(id.slice('pulse-'.length)) * every;
    return at >= from && at <= until - quickMs * 1000 ? [{ at, published }] : [];
  });
  const fewest = Math.floor((until - from) / every) - 2;
  return (
    due.length >= fewest &&
    due.every(
      ({ at, published: { outcome, end } }) => outcome === 'ok' && end - at <= quickMs * 1000,
    )
  );
}
