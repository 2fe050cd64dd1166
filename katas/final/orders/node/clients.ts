import type pg from 'pg';

/** Who may order. A key that is known stays known: a flood of refusals asks the database nothing. */
export class Clients {
  readonly #pool: pg.Pool;
  readonly #known = new Map<string, string>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** @returns undefined of a key that nobody has */
  async nameOf(key: unknown): Promise<string | undefined> {
    if (typeof key !== 'string' || key === '' || key.includes('\0')) return undefined;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { rows } = await this.#pool.query<{ name: string }>(
      'SELECT name FROM clients WHERE api_key = $1',
      [key],
    );
    const name = rows[0]?.name;
    if (name !== undefined) this.#known.set(key, name);
    return name;
  }
}
