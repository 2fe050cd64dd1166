import type { OpenRun } from './open-run.js';
import { Portal, Prepared } from './open-run.js';
import type { ProgramMessage } from './program-messages.js';

/** What the server has still to answer. */
export type Awaited =
  | Query
  | { readonly kind: 'parse'; readonly prepared: Prepared; readonly from: number }
  | { readonly kind: 'bind'; readonly portal: Portal }
  | { readonly kind: 'describe'; readonly of: Prepared | Portal | undefined }
  | { readonly kind: 'execute'; readonly run: OpenRun }
  | { readonly kind: 'close' | 'sync' | 'function' | 'copied' };

/** One text may have several statements: `run` is the first that is not answered yet. */
export interface Query {
  readonly kind: 'query';
  run: OpenRun;
  readonly texts: readonly string[];
  done: number;
}

/** A statement is part of it, and has not been answered. */
export function isUnderWay(one: Awaited): one is Extract<Awaited, { readonly run: OpenRun }> {
  if (one.kind === 'query') return one.done < one.texts.length;
  return one.kind === 'execute';
}

/** Of one session at one time. */
const mostNames = 1_000;
const mostNameLength = 1_000;

/** What a program may ask once the connection is open. */
export type Question = Exclude<
  ProgramMessage,
  { readonly kind: 'tls' | 'startup' | 'cancel' | 'copied' | 'copy' }
>;

/** The statements and portals of a session by their names: turns what is said into what is awaited. */
export class Names {
  readonly #newRun: (from: number, text: string, portal?: Portal) => OpenRun;
  readonly #prepared = new Map<string, Prepared>();
  readonly #portals = new Map<string, Portal>();

  constructor(newRun: (from: number, text: string, portal?: Portal) => OpenRun) {
    this.#newRun = newRun;
  }

  /** @param texts the statements that a simple query has */
  awaitedOf(said: Question, now: number, texts: readonly string[]): Awaited {
    switch (said.kind) {
      case 'query':
        return { kind: 'query', run: this.#newRun(now, texts[0] ?? ''), texts, done: 0 };
      case 'parse': {
        const prepared = new Prepared(said.text, said.types);
        remember(this.#prepared, said.name, prepared);
        return { kind: 'parse', prepared, from: now };
      }
      case 'bind': {
        const prepared = this.#prepared.get(said.statement) ?? new Prepared('');
        const portal = new Portal(prepared, now, said);
        remember(this.#portals, said.portal, portal);
        return { kind: 'bind', portal };
      }
      case 'describe':
        return { kind: 'describe', of: this.#named(said.what).get(said.name) };
      case 'execute': {
        const portal = this.#portals.get(said.portal);
        const text = portal?.prepared.text ?? '';
        return { kind: 'execute', run: this.#newRun(portal?.from ?? now, text, portal) };
      }
      case 'close':
        this.#named(said.what).delete(said.name);
        return { kind: 'close' };
      case 'sync':
      case 'function':
        return { kind: said.kind };
    }
  }

  #named(what: 'statement' | 'portal'): Map<string, Prepared | Portal> {
    return what === 'statement' ? this.#prepared : this.#portals;
  }
}

/** The oldest is forgotten where there are too many. */
function remember<T>(known: Map<string, T>, name: string, one: T): void {
  if (name.length > mostNameLength) throw new RangeError('too long a name');
  known.delete(name);
  const [oldest] = known.keys();
  if (known.size >= mostNames && oldest !== undefined) known.delete(oldest);
  known.set(name, one);
}
