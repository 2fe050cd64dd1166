import type { Route } from './services.js';

/** What wants to go through. */
export interface Asking {
  readonly route: Route;
  readonly client: string;
}

/** May pass: `leave` is to be called once it is over, however it ends. Or may not. */
export type Admission =
  | { readonly leave: () => void }
  | { readonly refused: 'client' | 'anybody'; readonly waitMs: number };

export type Guard = (asking: Asking) => Admission;

export const nothing = { leave: () => undefined };
