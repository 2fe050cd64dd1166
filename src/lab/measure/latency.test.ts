import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyRecorder } from './latency.js';

function recorded(values: readonly number[]): LatencyRecorder {
  const recorder = new LatencyRecorder();
  recorder.begin();
  for (const value of values) recorder.record(value);
  recorder.end();
  return recorder;
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

describe('latencies', () => {
  it('gives percentiles within the precision of three digits', () => {
    const summary = recorded(upTo(1000)).summary();
    expect(summary?.n).toBe(1000);
    expect(summary?.p50).toBeCloseTo(500, -1);
    expect(summary?.p95).toBeCloseTo(950, -1);
    expect(summary?.p99).toBeCloseTo(990, -1);
    expect(summary?.p999).toBeCloseTo(999, -1);
    expect(summary?.max).toBeCloseTo(1000, -1);
  });

  it('says the mean of what was recorded', () => {
    expect(recorded([1, 2, 6]).summary()?.mean).toBe(3);
    expect(recorded(upTo(1000)).summary()?.mean).toBe(500.5);
  });

  it('puts no percentile above the largest latency', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 5_000, noNaN: true }), {
          minLength: 100,
          maxLength: 150,
        }),
        (values) => {
          const { p50, p95, p99, max = 0 } = recorded(values).summary() ?? {};
          for (const percentile of [p50, p95, p99])
            expect(percentile ?? 0).toBeLessThanOrEqual(max);
        },
      ),
    );
  });

  it('prints no percentile that the samples cannot carry', () => {
    expect(recorded(upTo(99)).summary()).toMatchObject({ p99: null, p999: null });
    expect(recorded(upTo(100)).summary()?.p99).not.toBeNull();
    expect(recorded(upTo(999)).summary()?.p999).toBeNull();
    expect(recorded([5]).summary()).toMatchObject({ n: 1, p50: null, p95: null });
  });

  it('does not count what passes between two loads into the throughput', () => {
    const recorder = new LatencyRecorder();
    for (const begun of [0, 60_000]) {
      recorder.begin(begun);
      for (let n = 0; n < 500; n += 1) recorder.record(1);
      recorder.end(begun + 1_000);
    }
    expect(recorder.summary()).toMatchObject({ n: 1000, throughput: 500 });
  });

  it('has no summary where nothing was answered', () => {
    expect(recorded([]).summary()).toBeNull();
  });

  it('writes the text that HdrHistogram plotters read', () => {
    const lines = recorded(upTo(100)).hgrm().split('\n');
    expect(lines[0]?.trim().split(/\s+/)).toEqual([
      'Value',
      'Percentile',
      'TotalCount',
      '1/(1-Percentile)',
    ]);
    expect(lines.some((line) => line.startsWith('#[Mean'))).toBe(true);
    const rows = lines
      .filter((line) => /^\s+\d/.test(line))
      .map((line) => line.trim().split(/\s+/));
    expect(Number(rows[0]?.[0])).toBeCloseTo(1, 1);
    expect(rows.at(-1)?.slice(1, 3)).toEqual(['1.000000000000', '100']);
  });
});
