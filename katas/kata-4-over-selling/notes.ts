/** Sold in the rush. */
export const rushSku = 'sku-1';

/** `POST /purchases`, as it is sent. */
export interface Asked {
  buyer: string;
  sku: string;
  quantity: number;
}

/** The final state, read from the database once the program has ended. */
export interface Shop {
  stock: { sku: string; quantity: number }[];
  purchases: Row[];
}

/** Units of a sku that an act put up for sale. */
export interface Shelf {
  sku: string;
  units: number;
}

/** Note `restock`: the warehouse added units behind the program's back. */
export interface Restock {
  units: number;
  /** Absent in runs from before there were several: `sku-1`. */
  sku?: string;
}

/** What the database held of the sku just before this buyer asked, with nobody else asking. */
export interface Counted {
  buyer: string;
  before: number;
}

/** The purchases that were there the moment after a late buyer had the answer. */
export interface LookedUp {
  buyer: string;
  ids: string[];
}

/** What the database held at one moment, while a purchase stood at one of its two writes. */
export interface Halfway {
  buyer: string;
  /** The statement that it stood at. */
  at: 'purchases' | 'stock';
  /** Whether it came to stand there. */
  met: boolean;
  /** Undefined where nobody could look. */
  seen?: Seen;
}

/** Of one sku, by one statement: no transaction is half in it. */
export interface Seen {
  stock: number;
  /** In rows of purchases. */
  units: number;
}

export interface Row {
  id: string;
  buyer: string;
  sku: string;
  quantity: number;
}
