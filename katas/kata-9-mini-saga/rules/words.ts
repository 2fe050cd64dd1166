import { lineOf, type Text } from '../../../src/kata/index.js';
import type { Story, Tale } from '../story.js';

/** Where to read of an order: how it was placed, what became of it, the end. */
export function linesOf(tale: Tale, { finalLine }: Pick<Story, 'finalLine'>): number[] {
  const [placed] = tale.placed;
  const messages = tale.messages.map(({ line }) => line).slice(0, 12);
  return [...(placed ? [lineOf(placed)] : []), ...messages, finalLine];
}

/** What came of an order, in the order in which the lab saw it, with the names of the services. */
export function pathOf(tale: Tale): Text {
  const names = tale.messages.map(({ name, line }) => ({ name, line }));
  const en = names.map(({ name, line }) => `${name} (line ${line})`).join(', ');
  const es = names.map(({ name, line }) => `${name} (línea ${line})`).join(', ');
  const none = names.length === 0;
  return {
    en: none ? 'no message told of it' : `seen: ${en}`,
    es: none ? 'ningún mensaje habló de él' : `se vio: ${es}`,
  };
}

/** At which point a service was killed with this order in hand. */
export function crashOf({ crash }: Tale): Text {
  if (!crash?.met) return { en: '', es: '' };
  const [en, es] = points[crash.point];
  return {
    en: ` ${crash.role} was killed ${en} (line ${crash.line}).`,
    es: ` ${crash.role} murió ${es} (línea ${crash.line}).`,
  };
}

const points = {
  effect: ['in the middle of its transaction', 'en mitad de su transacción'],
  publish: ['as it published', 'al publicar'],
  ack: ['before its acknowledgement arrived', 'antes de que llegara su ack'],
  end: ['as it ended the order', 'al terminar el pedido'],
  refund: ['as it gave the money back', 'al devolver el dinero'],
  release: ['as it put the stock back', 'al reponer las existencias'],
} as const;

/** Those at a point that the experiment made tell most. */
export function tellingMost(tales: readonly Tale[]): Tale | undefined {
  return tales.find(({ crash }) => crash?.met) ?? tales[0];
}
