export interface Order {
  /** The client names its order, so that a request sent again can be recognised. */
  readonly id: string;
  readonly item: string;
}

/** Where the orders live: the state of this service, and all that the strategies differ in. */
export interface Orders {
  /** The same id again is the same order: nothing new happens. @returns what is kept under the id */
  place(order: Order): Promise<Order>;
  find(id: string): Promise<Order | undefined>;
  close(): Promise<void>;
}

export type Strategy = () => Promise<Orders>;
