/** A token bucket for each client: its burst at once, its rate over time. */
export class RateLimit {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  readonly #perSecond: number;
  readonly #burst: number;

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  /** @returns whole seconds after which it is worth asking again; undefined where it may pass */
  secondsLeft(client: string): number | undefined {
    const now = performance.now();
    const { tokens, at } = this.#buckets.get(client) ?? { tokens: this.#burst, at: now };
    const full = Math.min(this.#burst, tokens + ((now - at) * this.#perSecond) / 1000);
    const passes = full >= 1;
    this.#buckets.set(client, { tokens: passes ? full - 1 : full, at: now });
    return passes ? undefined : Math.max(1, Math.ceil((1 - full) / this.#perSecond));
  }
}
