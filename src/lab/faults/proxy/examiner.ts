import type { Item } from './lane.js';
import { scannerOf, type Scanner } from './scanner.js';
import type { Holding, Way } from './way.js';

/** What is to be done with an item. */
interface Verdict {
  readonly pass?: Item;
  /** Comes first again next time. */
  readonly keep?: Item;
  /** Who holds the rest back. */
  readonly holding?: Holding;
}

/** Where in a chunk something is to happen. */
interface Event {
  readonly at: number;
  readonly holding: Holding;
  /** A match that the hold lets pass. */
  readonly skips: boolean;
}

/** Looks at the bytes of one lane for the holds of its direction. */
export class Examiner {
  readonly #way: Way;
  readonly #scanners = new Map<Holding, Scanner>();
  #open = false;

  constructor(way: Way) {
    this.#way = way;
  }

  /** What was kept may be the beginning of a match. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** No hold is left. */
  reset(): void {
    this.#open = false;
    if (this.#scanners.size > 0) this.#scanners.clear();
  }

  /** @param patient what may be the beginning of a match is kept */
  examine(item: Item, patient: boolean): Verdict {
    this.#open = false;
    if (typeof item !== 'object') {
      // Whoever holds at once holds the end too.
      const holding = [...this.#way.holds].find(({ at, room }) => !at && room > 0);
      return holding ? { keep: item, holding } : { pass: item };
    }
    const event = this.#firstEvent(item);
    if (event?.skips === true) return this.#skip(item, event);
    if (event) {
      event.holding.room -= 1;
      return { ...this.#split(item, event.at), holding: event.holding };
    }
    const open = patient ? this.#openEnd(item) : 0;
    this.#open = open > 0;
    return this.#split(item, item.length - open);
  }

  #firstEvent(chunk: Buffer): Event | undefined {
    const events = [...this.#way.holds].flatMap((holding): Event[] => {
      if (holding.room <= 0) return [];
      if (!holding.at) return [{ at: 0, holding, skips: false }];
      const match = this.#scannerOf(holding).find(chunk);
      if (!match) return [];
      const skips = holding.toSkip > 0;
      return [{ at: skips ? match.end : match.at, holding, skips }];
    });
    return events.sort((a, b) => a.at - b.at)[0];
  }

  #skip(chunk: Buffer, { at, holding }: Event): Verdict {
    holding.toSkip -= 1;
    const verdict = this.#split(chunk, at);
    this.#scannerOf(holding).forget();
    return verdict;
  }

  #split(chunk: Buffer, at: number): Verdict {
    const pass = chunk.subarray(0, at);
    if (at > 0) for (const scanner of this.#scanners.values()) scanner.passed(pass);
    return {
      ...(at > 0 && { pass }),
      ...(at < chunk.length && { keep: chunk.subarray(at) }),
    };
  }

  #openEnd(chunk: Buffer): number {
    const open = [...this.#way.holds].map((holding) =>
      holding.at && holding.room > 0 ? this.#scannerOf(holding).openEnd(chunk) : 0,
    );
    return Math.max(0, ...open);
  }

  #scannerOf(holding: Holding): Scanner {
    const known = this.#scanners.get(holding);
    if (known) return known;
    if (!holding.at) throw new Error('a hold at once looks at no bytes');
    const scanner = scannerOf(holding.at.pattern);
    this.#scanners.set(holding, scanner);
    return scanner;
  }
}
