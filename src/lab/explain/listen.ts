import type { Recorder } from '../../history/recorder.js';
import type { WireEvent } from '../../kata/statements.js';
import type { OwnServices, RoleServices } from '../../services/own.js';
import type { CaseDatabase } from '../../services/postgres/client.js';
import type { Observer } from '../../services/postgres/observer.js';
import { startSqlTap, type SqlTap } from '../../services/postgres/tap/tap.js';
import { databaseTarget } from '../faults/proxy/target.js';
import { Looks } from './looks.js';
import { sampleWaits } from './waits.js';

/**
 * The same services, with a tap before every database: programs reach it through the tap, the lab as
 * before. What passes is told, with who waits for whom and what others see after each COMMIT.
 */
export async function listening<T>(
  own: OwnServices,
  recorder: Recorder,
  tell: (event: WireEvent) => void,
  work: (tapped: OwnServices) => Promise<T>,
): Promise<T> {
  const ear = new Ear(recorder, tell);
  try {
    return await work(await ear.before(own));
  } finally {
    await ear.end();
  }
}

/** All that listens to one case. */
class Ear {
  readonly #now: () => number;
  readonly #tell: (event: WireEvent) => void;
  readonly #numbers = { statements: 0, transactions: 0, sessions: 0 };
  readonly #taps: SqlTap[] = [];
  readonly #looks: Looks[] = [];
  readonly #observers: Observer[] = [];
  readonly #stop = new AbortController();
  #sampling: Promise<void> | undefined;

  constructor(recorder: Recorder, tell: (event: WireEvent) => void) {
    this.#now = () => recorder.since(performance.now());
    this.#tell = tell;
  }

  async before(own: OwnServices): Promise<OwnServices> {
    const database = await this.#tapped(own.database);
    const roles = new Map<string, RoleServices>();
    for (const [role, services] of own.roles) {
      const tapped = await this.#tapped(services.database, role);
      const urls =
        tapped.url === undefined ? services.urls : { ...services.urls, postgres: tapped.url };
      roles.set(role, { database: tapped, urls });
    }
    const { postgres } = own.places;
    const places =
      postgres && database.url !== undefined
        ? { ...own.places, postgres: { ...postgres, url: database.url, hands: database } }
        : own.places;
    return { ...own, database, places, roles };
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await this.#sampling;
    await Promise.all(this.#taps.map((tap) => tap.stop()));
    await Promise.all(this.#looks.map((looks) => looks.end()));
    await Promise.all(this.#observers.map((observer) => observer.close()));
  }

  async #tapped(database: CaseDatabase, role?: string): Promise<CaseDatabase> {
    if (database.url === undefined) return database;
    const [tls] = await database.query<{ ssl: string }>(`SELECT current_setting('ssl') AS ssl`);
    const target = databaseTarget(database.url, tls?.ssl === 'on');
    const looking = await this.#observer(database);
    const common = { now: this.#now, ...(role !== undefined && { role }) };
    const looks = new Looks(looking, { ...common, tell: this.#tell });
    this.#looks.push(looks);
    const hear = (event: WireEvent): void => {
      this.#tell(event);
      looks.hear(event);
    };
    const tap = await startSqlTap(target, { ...common, numbers: this.#numbers, tell: hear });
    this.#taps.push(tap);
    // One for all: a server tells of all its processes.
    this.#sampling ??= sampleWaits(await this.#observer(database), {
      sessions: () => this.#taps.flatMap((one) => one.sessions()),
      ...{ now: this.#now, tell: this.#tell, stop: this.#stop.signal },
    });
    return { ...database, url: tap.url };
  }

  async #observer(database: CaseDatabase): Promise<Observer> {
    const observer = await database.observer();
    this.#observers.push(observer);
    return observer;
  }
}
