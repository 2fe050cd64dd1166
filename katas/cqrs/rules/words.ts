import type { Text } from '../../../src/kata/index.js';
import type { Shown } from '../contract.js';
import type { Story } from '../story.js';

/** `version 2, OPEN, 42` */
export const shownOrder = ({ version, status, amount }: Omit<Shown, 'id'>): string =>
  `v${version} ${status} ${amount}`;

/** How an order was written and told, in order, with its lines; and what the lab did with its events. */
export function pathOf(
  story: Story,
  order: string | undefined,
): { readonly text: Text; readonly lines: readonly number[] } {
  if (order === undefined) return { text: { en: '', es: '' }, lines: [] };
  const told = [...story.told.values()].filter(({ id }) => id === order);
  const lines = told.map(({ line }) => line).slice(0, 12);
  const again = story.relayed.filter((one) => one.order === order && one.how === 'again').length;
  const moved = story.relayed
    .filter((one) => one.order === order && one.how === 'in-place')
    .map(({ version }) => `v${version}`);
  const list = told.map(({ version, line }) => `v${version} (${line})`).join(', ');
  const came: Text = {
    en: `${again > 0 ? `; ${again} of its events came again` : ''}${moved.length > 0 ? `; to the stream they came as ${moved.join(', ')}` : ''}`,
    es: `${again > 0 ? `; ${again} de sus eventos llegaron otra vez` : ''}${moved.length > 0 ? `; al stream llegaron como ${moved.join(', ')}` : ''}`,
  };
  return {
    text: {
      en: ` ${order} was told as ${list || 'nothing'}${came.en}.`,
      es: ` ${order} se contó como ${list || 'nada'}${came.es}.`,
    },
    lines,
  };
}

/** Where the view was killed as the batch of this order came. */
export function crashesOf(story: Story, order: string | undefined): Text {
  const batch = order?.replace(/\d+$/, '');
  const crash = story.crashes.find((one) => one.met && one.order.replace(/\d+$/, '') === batch);
  if (!crash) return { en: '', es: '' };
  const [en, es] = points[crash.point];
  return {
    en: ` The view was killed ${en} (line ${crash.line}).`,
    es: ` La vista murió ${es} (línea ${crash.line}).`,
  };
}

const points = {
  batch: ['with half of this batch', 'con la mitad de este lote'],
  effect: [
    'while an effect of this batch was on its way to the database',
    'mientras un efecto de este lote iba hacia la base de datos',
  ],
  commit: [
    'before it heard what came of an effect of this batch',
    'antes de saber qué fue de un efecto de este lote',
  ],
} as const;
