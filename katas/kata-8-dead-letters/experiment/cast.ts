import { named, type Cast, type Kind, type Refusal } from '../contract.js';

/**
 * "Status 201 means shipped. Any other is a failed attempt": those that many a client takes for
 * final, or for a success, are others, too.
 */
const refusedWith = [500, 422, 404, 400, 409, 200] as const;
const busyWith = [503, 429] as const;

/** Makes up messages: ids tell nobody what will come of one, nor do bodies. */
export class Casting {
  readonly #made = new Map<Kind, number>();
  #n = 0;

  make(kinds: readonly Kind[]): readonly Cast[] {
    return kinds.map((kind) => {
      this.#n += 1;
      const before = this.#made.get(kind) ?? 0;
      this.#made.set(kind, before + 1);
      return kind === 'unreadable' ? unreadable(this.#n) : shipmentOf(kind, this.#n, before);
    });
  }
}

/** One is a text, the next is null: both are JSON, and neither has any field. */
function unreadable(n: number): Cast {
  const body = n % 2 === 0 ? '%%%' : null;
  return { id: `m-${n}`, kind: 'unreadable', shipment: undefined, body };
}

/** The text is not as a program would write it anew: only a copy is the same byte for byte. */
function shipmentOf(kind: Kind, n: number, before: number): Cast {
  const shipment = idOf(n);
  const address = `Calle Mayor ${n}, 3.º`;
  const body = { id: shipment, address };
  const rawBody = `{"id": "${shipment}", "address": "${address}"}`;
  const refusal = refusalOf(kind, shipment, before);
  return { id: `m-${n}`, kind, shipment, body, rawBody, ...(refusal && { refusal }) };
}

/** A few are like that of their neighbour but for the case, or are not ASCII. */
function idOf(n: number): string {
  if (n % 10 === 0) return `S-${n - 1}`;
  return n % 10 === 5 ? `s-${n}-ñ` : `s-${n}`;
}

function refusalOf(kind: Kind, shipment: string, before: number): Refusal | undefined {
  if (kind === 'good' || kind === 'unreadable') return undefined;
  const [statuses, why] =
    kind === 'refused'
      ? ([refusedWith, 'unknown address'] as const)
      : ([busyWith, 'the warehouse is busy'] as const);
  const status = statuses[before % statuses.length] ?? statuses[0];
  return { status, error: `${why} ${named(shipment)}` };
}
