import {
  crashOf as toldCrash,
  lineOf,
  linesOf as linesAbout,
  type SagaTale,
  type Text,
} from '../../../src/kata/index.js';
import type { Story, Tale } from '../story.js';

/** Where to read of an order: how it was placed, what became of it, the end. */
export const linesOf = ({ placed, messages }: Tale, story: Pick<Story, 'finalLine'>): number[] =>
  linesAbout({ placedOn: placed.map(lineOf), messages }, story);

/** At which point a service was killed with this order in hand. */
export function crashAt({ crash }: Tale): SagaTale['crash'] {
  if (!crash?.met) return undefined;
  const [en, es] = points[crash.point];
  return { role: crash.role, where: { en, es }, line: crash.line };
}

export const crashOf = (tale: Tale): Text => toldCrash({ crash: crashAt(tale) });

const points = {
  effect: ['as it committed', 'al confirmar su transacción'],
  publish: ['as it published', 'al publicar'],
  confirm: ['before it knew that the broker had it', 'antes de saber que el broker lo tenía'],
  ack: ['before its acknowledgement arrived', 'antes de que llegara su ack'],
  end: ['as it ended the order', 'al terminar el pedido'],
  refund: ['as it gave the money back', 'al devolver el dinero'],
  'given-up': ['as soon as it had given the order up', 'en cuanto abandonó el pedido'],
  release: ['as it put the stock back', 'al reponer las existencias'],
} as const;

/** Those at a point that the experiment made tell most. */
export function tellingMost(tales: readonly Tale[]): Tale | undefined {
  return tales.find(({ crash }) => crash?.met) ?? tales[0];
}
