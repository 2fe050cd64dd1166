import { createWriteStream, type WriteStream } from 'node:fs';
import type { SpanFault, SpanSeen, TelemetryNote } from '../../kata/telemetry.js';
import { spanOf, type WireExport } from './otlp/span.js';

/** Of one case: more is counted, and not kept. */
const most = { spans: 200_000, bytes: 128 * 1_048_576 };

/** What programs have told in one case, in memory and in a file of its own, a line a span. */
export class Collected {
  readonly spans: SpanSeen[] = [];
  readonly exports = { traces: 0, metrics: 0, logs: 0 };
  readonly #rejected: Partial<Record<SpanFault | 'too-many', number>> = {};
  readonly #refused: Record<string, number> = {};
  readonly #file: WriteStream;
  #bytes = 0;
  #failure: Error | undefined;

  /** @param file absolute path; nothing is there yet */
  constructor(file: string) {
    this.#file = createWriteStream(file, { flags: 'wx' });
    this.#file.on('error', (error) => (this.#failure ??= error));
  }

  /** @param bytes of the export, unpacked @returns how many spans could not be kept, and why not */
  take(
    exported: readonly WireExport[],
    bytes: number,
  ): ReadonlyMap<SpanFault | 'too-many', number> {
    this.exports.traces += 1;
    this.#bytes += bytes;
    const rejected = new Map<SpanFault | 'too-many', number>();
    const kept: SpanSeen[] = [];
    for (const { service, spans } of exported)
      for (const wire of spans) {
        const isFull = this.spans.length + kept.length >= most.spans || this.#bytes > most.bytes;
        const span = isFull ? 'too-many' : spanOf(service, wire);
        if (typeof span !== 'string') kept.push(span);
        else rejected.set(span, (rejected.get(span) ?? 0) + 1);
      }
    for (const span of kept) this.spans.push(span);
    for (const [why, count] of rejected) this.#rejected[why] = (this.#rejected[why] ?? 0) + count;
    if (kept.length > 0) this.#file.write(kept.map((span) => `${JSON.stringify(span)}\n`).join(''));
    return rejected;
  }

  refuse(status: number): void {
    this.#refused[status] = (this.#refused[status] ?? 0) + 1;
  }

  note(): Omit<TelemetryNote, 'epochUs'> {
    return {
      spans: this.spans.length,
      exports: { ...this.exports },
      rejected: { ...this.#rejected },
      refused: { ...this.#refused },
    };
  }

  /** All is on disk then. @throws what writing threw */
  async end(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#file.once('close', resolve);
      this.#file.end();
      if (this.#file.destroyed) resolve();
    });
    if (this.#failure) throw this.#failure;
  }
}
