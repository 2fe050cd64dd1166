import type { ChannelClosed, Delivery, Disconnected, Settled } from '../broker-tap.js';
import { grouped, noted, type Noted } from '../evidence/notes.js';
import { finding, type Finding } from '../findings.js';
import type { History } from '../history.js';

/**
 * What a program had been handed and not settled, at its most; each delivery counts from the moment
 * it passed the tap until it was settled, its channel or connection ended, or the lab broke them.
 * A quorum queue that gets something back hands out more than basic.qos allows (seen on 3.10), so
 * a connection counts until the first message that was rejected on it.
 */
export function inHandAtMost(history: History, limit: number): Finding {
  const rule = {
    en: `The worker has at most ${limit} messages in hand at once.`,
    es: `El worker tiene como mucho ${limit} mensajes entre manos a la vez.`,
  };
  const held = firstAbove(history, limit);
  if (held === undefined) return finding('prefetch-kept', rule, undefined);
  const [oldest] = held;
  const newest = held.at(-1);
  const lines = [oldest?.line ?? 0, newest?.line ?? 0];
  return finding('prefetch-kept', rule, {
    story: {
      en: `on history line ${lines[1]} the broker handed it ${newest?.id ?? ''}, and ${held.length - 1} others were in its hands unsettled, on ${told(held).en}; the oldest, ${oldest?.id ?? ''}, since line ${lines[0]}. A broker does that where basic.qos does not hold it back.`,
      es: `en la línea ${lines[1]} del historial el broker le entregó ${newest?.id ?? ''}, y tenía otros ${held.length - 1} entre manos sin ack ni rechazo, por ${told(held).es}; el más antiguo, ${oldest?.id ?? ''}, desde la línea ${lines[0]}. Un broker hace eso cuando basic.qos no lo frena.`,
    },
    lines,
  });
}

function told(held: readonly Delivery[]) {
  const { size } = new Set(held.map(nameOf));
  return size === 1
    ? { en: 'one connection', es: 'una sola conexión' }
    : { en: `${size} connections at once`, es: `${size} conexiones a la vez` };
}

const nameOf = ({ tap, connection }: Pick<Delivery, 'tap' | 'connection'>): string =>
  `${tap}.${connection}`;

type Step = (held: Map<number, Noted<Delivery>>) => void;

/** In the order in which they came, the one that was too many last. */
function firstAbove(history: History, limit: number): readonly Noted<Delivery>[] | undefined {
  const held = new Map<number, Noted<Delivery>>();
  for (const { step } of stepsOf(history)) {
    step(held);
    if (held.size > limit) return [...held.values()];
  }
  return undefined;
}

function stepsOf(history: History): { line: number; step: Step }[] {
  const letGo = (which: (one: Delivery) => boolean): Step => {
    return (held) => {
      for (const [n, one] of held) if (which(one)) held.delete(n);
    };
  };
  const settled = noted<Settled>(history, 'amqp-settled');
  const back = grouped(
    settled.filter(({ how }) => how !== 'ack'),
    nameOf,
  );
  const isClear = (one: Noted<Delivery>): boolean =>
    !one.autoAck && one.line < (back.get(nameOf(one))?.[0]?.line ?? Infinity);
  const handed = noted<Delivery>(history, 'amqp-delivered').filter(isClear);
  const steps = [
    ...handed.map((one) => ({ line: one.line, step: taking(one) })),
    ...settled.map(({ line, delivery, how, ...at }) => ({
      line,
      step: letGo((one) => (how === 'ack' ? one.delivery === delivery : isOn(one, at))),
    })),
    ...noted<ChannelClosed>(history, 'amqp-channel-closed').map(({ line, ...at }) => ({
      line,
      step: letGo((one) => isOn(one, at) && one.channel === at.channel),
    })),
    ...noted<Disconnected>(history, 'amqp-disconnected').map(({ line, ...at }) => ({
      line,
      step: letGo((one) => isOn(one, at)),
    })),
    ...history
      .notes<{ target: unknown }>('fault')
      .filter(({ value }) => value.target === 'broker')
      .map(({ line }) => ({ line, step: letGo(() => true) })),
  ];
  return steps.sort((a, b) => a.line - b.line);
}

/** What comes again was taken back from whoever had it, before the tap has seen that end. */
function taking(one: Noted<Delivery>): Step {
  return (held) => {
    if (one.redelivered) for (const [n, { id }] of held) if (id === one.id) held.delete(n);
    held.set(one.delivery, one);
  };
}

function isOn(one: Delivery, at: Pick<Delivery, 'tap' | 'connection'>): boolean {
  return nameOf(one) === nameOf(at);
}
