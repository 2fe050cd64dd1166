import type { Shown, Summary } from './contract.js';

/** An order as the write side has it. */
export interface OrderRow extends Shown {
  readonly customer: string;
}

/** Of one customer; undefined where the view refused to say. */
export interface Answers {
  readonly customer: string;
  readonly orders: readonly Shown[] | undefined;
  readonly summary: Summary | undefined;
}

/** Note `settled`: nothing was written any more, and this is what both sides said then. */
export interface Settled {
  readonly what: 'rebuilt' | 'end';
  readonly written: readonly OrderRow[];
  readonly shown: readonly Answers[];
  /** What the view had shown before it was emptied. */
  readonly before?: readonly Answers[];
}

/** Note `relayed`: the experiment put an event that had been told before onto the stream. */
export interface Relayed {
  readonly how: 'again' | 'in-place';
  readonly name: string;
  readonly order: string;
  readonly version: number;
}

/** Note `crash`: whether the view was met, and killed, at a point. */
export interface Crash {
  /**
   * `batch`: some of the events of a batch had come. `effect`: its statement was on its way to the
   * database. `commit`: the answer to it was on its way back.
   */
  readonly point: 'batch' | 'effect' | 'commit';
  readonly met: boolean;
  /** The view had no connection to its database. */
  readonly keepsNothing: boolean;
  readonly order: string;
}

/** Note `rebuild`: whether the stream was met half way. */
export interface Rebuild {
  readonly met: boolean;
  /** The view listened, and was asked, before it had the rest. */
  readonly asked: boolean;
}

/** Note `held`: the stream stood still, with this write on its way. */
export interface Held {
  readonly met: boolean;
  readonly token: string;
}

/** Note `told-to-end`: SIGTERM came to the view. */
export interface ToldToEnd {
  /** A read was waiting for its token. */
  readonly met: boolean;
}

/** Note `cancelled`: the broker has cancelled the view's consumer. */
export interface Cancelled {
  /** There was one. */
  readonly met: boolean;
}

/** Note `cancelled-over`: whether it has come to show what was written meanwhile, and after it. */
export interface CancelledOver {
  readonly isBack: boolean;
}

/** Note `crowd`: these are waited for from here on, and the stream stands still until `crowd-goes-on`. */
export interface Crowd {
  readonly tokens: readonly string[];
  readonly met: boolean;
  /** How long this reader's question took as the stream stood still and nobody waited yet. */
  readonly still?: { readonly reader: number; readonly ms: number };
}

/** Note `cut`: the view can't reach the broker from here on, until note `healed`. */
export interface Cut {
  /** It had reached it before. */
  readonly met: boolean;
}

/** Note `cut-write`: written meanwhile. */
export interface CutWrite {
  readonly token: string;
  readonly customer: string;
}
