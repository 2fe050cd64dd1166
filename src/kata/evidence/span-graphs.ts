import type { SpanLink, SpanSeen } from '../telemetry.js';

/** Spans that hang together, by parents or by links. */
export interface SpanGraph {
  /** The trace ids of its spans, the one that came to be first in front. */
  readonly traceIds: readonly string[];
  /** By when they began. */
  readonly spans: readonly SpanSeen[];
  /** Contexts of clients that it continues. */
  readonly clients: readonly SpanLink[];
  /** Spans whose parent nobody told of, nor is it a client's: there the thread is cut. */
  readonly orphans: readonly SpanSeen[];
}

/**
 * The graphs that these spans make. An export that is sent twice tells of the same spans: each counts
 * once, as it was told last.
 *
 * A span of a consumer may be a child of the producer's or link to it (OpenTelemetry, messaging
 * spans): both join.
 *
 * @param clients contexts that clients have sent: no span of theirs comes, and yet they are parents
 */
export function graphsOf(
  spans: readonly SpanSeen[],
  clients: readonly SpanLink[] = [],
): SpanGraph[] {
  const told = new Map(spans.map((span) => [keyOf(span), span]));
  const contexts = new Map(clients.map((client) => [keyOf(client), client]));
  const groups = new Groups();
  for (const key of [...told.keys(), ...contexts.keys()]) groups.add(key);
  for (const [key, span] of told)
    for (const other of neighboursOf(span)) if (groups.has(other)) groups.join(key, other);
  return groups.all().flatMap((keys) => {
    const of = keys.flatMap((key) => told.get(key) ?? []).sort((a, b) => a.startUs - b.startUs);
    if (of.length === 0) return [];
    const isKnown = (key: string): boolean => told.has(key) || contexts.has(key);
    return [
      {
        traceIds: [...new Set(of.map(({ traceId }) => traceId))],
        spans: of,
        clients: keys.flatMap((key) => contexts.get(key) ?? []),
        orphans: of.filter((span) => span.parentId !== undefined && !isKnown(parentOf(span))),
      },
    ];
  });
}

function neighboursOf(span: SpanSeen): string[] {
  const parent = span.parentId === undefined ? [] : [parentOf(span)];
  return [...parent, ...span.links.map(keyOf)];
}

function parentOf({ traceId, parentId = '' }: SpanSeen): string {
  return `${traceId}/${parentId}`;
}

function keyOf({ traceId, spanId }: SpanLink): string {
  return `${traceId}/${spanId}`;
}

/** Disjoint sets: each key knows another of its set, and at last the one that stands for it. */
class Groups {
  readonly #above = new Map<string, string>();

  add(key: string): void {
    if (!this.#above.has(key)) this.#above.set(key, key);
  }

  has(key: string): boolean {
    return this.#above.has(key);
  }

  join(one: string, other: string): void {
    this.#above.set(this.#top(one), this.#top(other));
  }

  all(): string[][] {
    const sets = new Map<string, string[]>();
    for (const key of this.#above.keys()) {
      const top = this.#top(key);
      const set = sets.get(top);
      if (set) set.push(key);
      else sets.set(top, [key]);
    }
    return [...sets.values()];
  }

  #top(key: string): string {
    let at = key;
    for (let above = this.#above.get(at) ?? at; above !== at; above = this.#above.get(at) ?? at) {
      // Each look makes the next one shorter.
      this.#above.set(at, this.#above.get(above) ?? above);
      at = above;
    }
    return at;
  }
}
