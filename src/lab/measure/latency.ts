import type * as Histograms from 'hdr-histogram-js/dist/Int32Histogram.js';
import { createRequire } from 'node:module';
import type { LatencySummary } from '../../kata/run-record.js';

/** This one alone: with its index come WebAssembly, logs and compression, which every run would load. */
const { default: Histogram } = createRequire(import.meta.url)(
  'hdr-histogram-js/dist/Int32Histogram.js',
) as typeof Histograms;

/** HDR histogram of one case, in microseconds, three significant digits, up to ten minutes. */
export class LatencyRecorder {
  readonly #histogram = new Histogram(1, 600_000_000, 3);
  /** Microseconds: the histogram would go through all of its buckets to say its mean. */
  #sum = 0;
  /** Of the loads before the present one, milliseconds. */
  #earlierMs = 0;
  #begun: number | undefined;
  #ended: number | undefined;

  constructor() {
    this.#histogram.autoResize = true;
  }

  /** The first intended send of a load. What passes between two loads is not counted. */
  begin(at = performance.now()): void {
    if (this.#begun !== undefined) this.#earlierMs += (this.#ended ?? at) - this.#begun;
    this.#begun = at;
    this.#ended = undefined;
  }

  /** The last answer. */
  end(at = performance.now()): void {
    this.#ended = at;
  }

  /** @param ms from the intended send time */
  record(ms: number): void {
    const microseconds = Math.max(1, Math.round(ms * 1000));
    this.#histogram.recordValue(microseconds);
    this.#sum += microseconds;
  }

  /** @returns null where nothing was answered */
  summary(): LatencySummary | null {
    const n = this.#histogram.totalCount;
    if (n === 0 || this.#begun === undefined) return null;
    const presentMs = (this.#ended ?? performance.now()) - this.#begun;
    const seconds = (this.#earlierMs + presentMs) / 1000;
    return {
      n,
      p50: this.#percentile(50, n),
      p95: this.#percentile(95, n),
      p99: this.#percentile(99, n),
      p999: this.#percentile(99.9, n),
      max: inMs(this.#histogram.maxValue),
      mean: inMs(this.#sum / n),
      throughput: Math.round((n / seconds) * 10) / 10,
    };
  }

  /** The `.hgrm` text of HdrHistogram's plotter, values in milliseconds. */
  hgrm(): string {
    return this.#histogram.outputPercentileDistribution(5, 1000);
  }

  /** p99 needs 100 samples, p99.9 needs 1,000: with fewer it would be the maximum by another name. */
  #percentile(percent: number, n: number): number | null {
    const needed = Math.round(1 / (1 - percent / 100));
    if (n < needed) return null;
    // The histogram gives the upper edge of a bucket, which may lie above the largest value in it.
    const { maxValue } = this.#histogram;
    return inMs(Math.min(maxValue, this.#histogram.getValueAtPercentile(percent)));
  }
}

function inMs(microseconds: number): number {
  return Math.round(microseconds) / 1000;
}
