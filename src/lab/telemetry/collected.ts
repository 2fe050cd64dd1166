import { createWriteStream, type WriteStream } from 'node:fs';
import type { SpanFault, SpanSeen, TelemetryNote } from '../../kata/telemetry.js';
import { spanOf, type WireExport } from './otlp/span.js';

/** Of one case, as it is written: more is counted, and not kept. */
const most = { spans: 200_000, characters: 128 * 1_048_576 };

export type Rejected = ReadonlyMap<SpanFault | 'too-many', number>;

/** What programs have told in one case, in memory and in a file of its own, a line a span. */
export class Collected {
  readonly spans: SpanSeen[] = [];
  readonly exports = { traces: 0, metrics: 0, logs: 0 };
  readonly #rejected: Partial<Record<SpanFault | 'too-many', number>> = {};
  readonly #refused: Record<string, number> = {};
  readonly #file: WriteStream;
  #characters = 0;
  #failure: Error | undefined;

  /** @param file absolute path; nothing is there yet */
  constructor(file: string) {
    this.#file = createWriteStream(file, { flags: 'wx' });
    this.#file.on('error', (error) => (this.#failure ??= error));
  }

  /** @returns how many spans could not be kept, and why not */
  take(exported: readonly WireExport[]): Rejected {
    this.exports.traces += 1;
    const rejected = new Map<SpanFault | 'too-many', number>();
    const reject = (why: SpanFault | 'too-many', count: number): void => {
      if (count > 0) rejected.set(why, (rejected.get(why) ?? 0) + count);
    };
    let lines = '';
    for (const { service, spans, leftOut } of exported) {
      reject('too-many', leftOut);
      for (const wire of spans) {
        const span = this.#isFull() ? 'too-many' : spanOf(service, wire);
        if (typeof span === 'string') reject(span, 1);
        else lines += this.#keep(span);
      }
    }
    for (const [why, count] of rejected) this.#rejected[why] = (this.#rejected[why] ?? 0) + count;
    if (lines !== '') this.#file.write(lines);
    return rejected;
  }

  #isFull(): boolean {
    return this.spans.length >= most.spans || this.#characters > most.characters;
  }

  /** @returns its line */
  #keep(span: SpanSeen): string {
    const line = `${JSON.stringify(span)}\n`;
    this.#characters += line.length;
    this.spans.push(span);
    return line;
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
