/** The final state, read from the database once the program has ended. */
export interface Shop {
  stock: { sku: string; quantity: number }[];
  purchases: Row[];
}

/** The purchases that were there the moment after a late buyer had the answer. */
export interface LookedUp {
  buyer: string;
  ids: string[];
}

export interface Row {
  id: string;
  buyer: string;
  sku: string;
  quantity: number;
}
