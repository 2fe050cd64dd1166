import { describe, expect, it } from 'vitest';
import { fromPs } from './usage.js';

describe('what ps says of a process group', () => {
  it('is added up over its processes, and over no others', () => {
    const said = [' 4711  2048   0:01.50', ' 4711  1024   0:00.25', '  471  9999   1:00.00', ''];
    expect(fromPs(said.join('\n'), 4711)).toEqual({ cpuMs: 1_750, peakRssBytes: 3_072 * 1024 });
  });

  it.each([
    ['0:00.07', 70],
    ['02:03', 123_000],
    ['01:02:03', 3_723_000],
    ['2-01:00:00', 176_400_000],
  ])('reads the time %s', (time, cpuMs) => {
    expect(fromPs(`7 1 ${time}`, 7)?.cpuMs).toBe(cpuMs);
  });

  it('is nothing once the group has ended', () => {
    expect(fromPs('8 1 0:01', 7)).toBeNull();
  });
});
