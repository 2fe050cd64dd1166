import type { Watched } from '../capability.js';
import type { Shelf } from './types.js';

/** How often each program is looked at. A second is much in a run that takes ten. */
export const scrapedEveryMs = 200;

/** The programs of one case, as Prometheus finds them (`file_sd`). */
export class Targets {
  readonly #shelf: Shelf;
  readonly #name: string;
  readonly #all = new Set<Watched>();
  /** One change after the other. */
  #written: Promise<void> = Promise.resolve();

  constructor(shelf: Shelf, name: string) {
    this.#shelf = shelf;
    this.#name = name;
  }

  static fileOf(name: string): string {
    return `${name}.json`;
  }

  get all(): readonly Watched[] {
    return [...this.#all];
  }

  /** @returns takes it away again */
  async add(program: Watched): Promise<() => Promise<void>> {
    this.#all.add(program);
    await this.#write();
    return () => {
      if (!this.#all.delete(program)) return Promise.resolve();
      return this.#write();
    };
  }

  #write(): Promise<void> {
    const write = (): Promise<void> =>
      this.#shelf.write(Targets.fileOf(this.#name), JSON.stringify(this.#groups()));
    this.#written = this.#written.then(write, write);
    return this.#written;
  }

  #groups(): unknown[] {
    const every = `${scrapedEveryMs}ms`;
    return this.all.map(({ role, url }) => ({
      targets: [new URL(url).host],
      labels: {
        ...{ run: this.#name, ...(role !== undefined && { role }) },
        __scrape_interval__: every,
        __scrape_timeout__: every,
      },
    }));
  }
}
