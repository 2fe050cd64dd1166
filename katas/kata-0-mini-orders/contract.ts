import type { Acts } from '../../src/kata/index.js';

export interface Order {
  readonly id: string;
  readonly item: string;
}

/** Whatever happens to an order, these can break. */
const anywhere = [
  ...['readable-from-every-replica', 'survives-the-restart', 'reads-back-as-sent'],
  ...['confirmed-upstream', 'nothing-invented'],
];

export const acts: Acts = {
  load: {
    title: {
      en: 'many users, before and after the restart',
      es: 'muchos usuarios, antes y después',
    },
    breaks: anywhere,
    covers: ['acknowledged-by-both-before-the-restart'],
  },
  'given-up': {
    title: {
      en: 'a client gives up and asks the other replica',
      es: 'un cliente se rinde y pide a la otra réplica',
    },
    breaks: anywhere,
    covers: ['request-retried'],
  },
  early: {
    title: {
      en: 'orders are asked for before they are placed, and at once afterwards',
      es: 'se pregunta por pedidos antes de que existan, y justo después',
    },
    breaks: anywhere,
    covers: [],
  },
  names: {
    title: {
      en: 'ids and items of any letters, and a body that comes in pieces',
      es: 'ids y artículos con cualquier letra, y un cuerpo que llega a trozos',
    },
    breaks: anywhere,
    covers: [],
  },
  refused: {
    title: {
      en: 'what is no order, and a known id with another item',
      es: 'lo que no es un pedido, y un id conocido con otro artículo',
    },
    breaks: anywhere,
    covers: [],
  },
  'at-once': {
    title: {
      en: 'a row that cannot be written yet, and one that both write at once',
      es: 'una fila que aún no se puede escribir, y otra que escriben las dos a la vez',
    },
    breaks: anywhere,
    covers: [],
  },
  upstream: {
    title: {
      en: 'the service behind refuses, breaks off, is slow',
      es: 'el servicio de detrás se niega, corta, tarda',
    },
    breaks: anywhere,
    covers: ['upstream-refused', 'upstream-was-slow', 'asked-meanwhile'],
  },
  'in-hand': {
    title: {
      en: 'both replicas end with an order in hand',
      es: 'las dos réplicas terminan con un pedido entre manos',
    },
    breaks: anywhere,
    covers: ['in-hand-at-the-restart'],
  },
  crash: {
    title: { en: 'a crash right after 201', es: 'una caída justo después del 201' },
    breaks: anywhere,
    covers: [],
  },
};

/** Its client gives up waiting, and asks the other replica again. */
export const impatient: Order = { id: 'o-retried', item: 'teapot' };

/** Of every order the report counts only these: so many as the options say, and the retried one. */
export function isCounted(id: string | undefined): boolean {
  return id !== undefined && (/^o-\d+$/.test(id) || id === impatient.id);
}

/** Nobody ever sends them, though some are much like others that are sent. */
export const neverSent = ['o-never-sent', 'O-1', 'o-1 ', 'o-01', 'o-name_', '%', 'constructor'];

export const earlyOrders: readonly Order[] = ['lamp', 'kettle', 'chair', 'radio'].map(
  (item, n) => ({ id: `o-early-${n + 1}`, item }),
);

const long = 'o-long-'.padEnd(255, 'x');

/** Neighbours differ in what a program might take for the same. */
export const oddOrders: readonly Order[] = [
  { id: 'a b', item: 'mug' },
  { id: 'a+b', item: 'lamp' },
  { id: 'a%20b', item: 'radio' },
  { id: 'a%2Bb', item: 'chair' },
  { id: '100%', item: 'Tom\'s 3" \\ pipe; DROP TABLE orders; --' },
  { id: 'a?b=c#d', item: '{"item": "mug"}' },
  { id: 'a&b', item: 'two\nlines\tand a tab' },
  { id: 'say "hi" \\ \\u0041', item: 'lamp' },
  { id: "it's", item: 'mug' },
  { id: 'o-names', item: 'lamp' },
  // The longest of all: each letter is nine in a path.
  { id: '東'.repeat(300), item: '東'.repeat(2_000) },
  // Of each letter two units in UTF-16, and four bytes in UTF-8.
  { id: '🏮'.repeat(300), item: '🏮'.repeat(2_000) },
  { id: ' ', item: ' ' },
  { id: '\t', item: '\n' },
  { id: '\u00a0', item: '\u2003' },
  { id: 'o-\u0001\u001f\u007f\u0085', item: '\b\f\u2028\ufeff\u{e0041}\u{1fae8}' },
  { id: 'Order-A', item: 'mug' },
  { id: 'order-a', item: 'lamp' },
  { id: '7', item: '7' },
  { id: '007', item: '007' },
  { id: '7.0', item: '7.0' },
  { id: 'null', item: 'null' },
  { id: '__proto__', item: '__proto__' },
  { id: 'caf\u00e9', item: 'caf\u00e9' },
  { id: 'cafe\u0301', item: 'cafe\u0301' },
  { id: 'pedido-ñ-東京-🏮', item: '東京 🏮 lámpara' },
  { id: 'o-spaces', item: 'mug' },
  { id: ' o-spaces ', item: ' mug ' },
  { id: `${long}1`, item: 'm'.repeat(2_000) },
  { id: `${long}2`, item: `${'m'.repeat(1_999)}n` },
];

/** Its bytes come so slowly that some character is in two pieces of them. */
export const inPieces: Order = { id: 'o-in-pieces', item: '灯é🏮'.repeat(50) };

/** Sent as JSON that names each character by its number, twelve bytes for each letter. */
export const escaped: readonly [Order, Order] = [
  { id: 'o-escaped-ñ', item: '灯'.repeat(2_000) },
  { id: 'o-escaped-🏮', item: '🏮'.repeat(2_000) },
];

export const known: Order = { id: 'o-known', item: 'lamp' };

/** What is no order: the body as it is sent, and the id that it names. */
export const noOrders: readonly { readonly id?: string; readonly rawBody: string }[] = [
  { id: 'o-half', rawBody: '{"id": "o-half", "item": "la' },
  { id: 'o-and-more', rawBody: '{"id": "o-and-more", "item": "lamp"} and more' },
  { id: 'o-twice', rawBody: '{"id": "o-twice", "item": "lamp"}{"id": "o-twice", "item": "lamp"}' },
  { id: 'o-no-item', rawBody: '{"id": "o-no-item"}' },
  { id: 'o-item-null', rawBody: '{"id": "o-item-null", "item": null}' },
  { id: 'o-item-number', rawBody: '{"id": "o-item-number", "item": 7}' },
  { id: 'o-item-list', rawBody: '{"id": "o-item-list", "item": ["lamp"]}' },
  { id: '71', rawBody: '{"id": 71, "item": "lamp"}' },
  { rawBody: '{"item": "lamp"}' },
  { rawBody: 'null' },
];

/** Comes to A while its row cannot be written. */
export const heldBack: Order = { id: 'o-held-back', item: 'mug' };
/** Comes to both replicas at once. */
export const atOnce: Order = { id: 'o-at-once', item: 'kettle' };

/** Upstream answers so before it confirms; null: the connection breaks. */
export const unconfirmed: readonly (Order & { readonly status: number | null })[] = [
  { id: 'o-upstream-503', item: 'lamp', status: 503 },
  { id: 'o-upstream-422', item: 'chair', status: 422 },
  { id: 'o-upstream-202', item: 'kettle', status: 202 },
  { id: 'o-upstream-cut', item: 'radio', status: null },
];
export const slow: Order = { id: 'o-upstream-slow', item: 'mug' };
/** A waits for upstream, which will refuse it; meanwhile B is asked for the same, and has its answer. */
export const overtaken: Order = { id: 'o-upstream-overtaken', item: 'chair' };

/** One for each replica. */
export const inHand: readonly [Order, Order] = [
  { id: 'o-in-hand-a', item: 'lamp' },
  { id: 'o-in-hand-b', item: 'chair' },
];

export const lastWords: readonly Order[] = ['lamp', 'kettle', 'chair', 'radio'].map((item, n) => ({
  id: `o-crash-${n + 1}`,
  item,
}));
