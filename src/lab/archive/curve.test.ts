import { describe, expect, it } from 'vitest';
import { parseHgrm } from './curve.js';
import { LatencyRecorder } from '../measure/latency.js';

describe('parseHgrm', () => {
  it('reads what the lab writes', () => {
    const latency = new LatencyRecorder();
    for (let ms = 1; ms <= 1000; ms += 1) latency.record(ms);
    const curve = parseHgrm(latency.hgrm());
    expect(curve[0]).toEqual({ ms: 1, share: 0 });
    expect(curve.at(-1)?.share).toBe(1);
    expect(curve.at(-1)?.ms).toBeCloseTo(1000, -1);
    const half = curve.find(({ share }) => share >= 0.5);
    expect(half?.ms).toBeCloseTo(500, -1);
  });

  it('finds nothing in what is no histogram', () => {
    expect(parseHgrm('')).toEqual([]);
    expect(parseHgrm('#[Mean = 1]\nsome words here\n')).toEqual([]);
  });
});
