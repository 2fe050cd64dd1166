import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsIn, highestIn, stepsOver, type Tracks } from '../../kata/tracks.js';
import { renderTracks } from './tracks.js';

const text = (en: string) => ({ en, es: en });

const tracksOf = (levels: readonly number[], states: readonly number[]): Tracks => ({
  title: text('The outage'),
  stepMs: 100,
  rows: [
    { name: text('calls'), levels, together: 'sum' },
    { name: text('longest'), levels, together: 'highest', unit: 'ms' },
    {
      name: text('breaker'),
      states,
      legend: [
        { sign: '─', name: text('closed') },
        { sign: '█', name: text('open') },
      ],
    },
  ],
  phases: [
    { name: text('well'), from: 0 },
    { name: text('hanging'), from: 6 },
  ],
});

const drawn = (width: number, ...some: Tracks[]): string[] =>
  renderTracks(
    'en',
    some.map((tracks, at) => ({ name: `case ${at}`, tracks })),
    width,
  )
    .join('\n\n')
    .split('\n');

describe('tracks', () => {
  it('stand on one scale and one axis, with the phases and what the signs mean', () => {
    const one = tracksOf(
      [8, 4, 2, 1, 0, 0, 8, 8, 8, 8, 0, 0],
      [0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1],
    );
    const other = tracksOf([16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], Array<number>(12).fill(0));
    expect(drawn(80, one, other)).toEqual([
      '  The outage: 100 ms a column',
      '',
      '  case 0',
      '  calls    ▄▂▁▁··▄▄▄▄··  at most 8',
      '  longest  ▄▂▁▁··▄▄▄▄··  at most 8 ms',
      '  breaker  ────██────██',
      '           │well │hang…',
      '           0 ms 1200 ms',
      '',
      '  case 1',
      '  calls    █··········▁  at most 16',
      '  longest  █··········▁  at most 16 ms',
      '  breaker  ────────────',
      '           │well │hang…',
      '           0 ms 1200 ms',
      '',
      '  breaker: ─ closed  █ open',
    ]);
  });

  it('take several steps together where the terminal is narrow: sums are added, others are not', () => {
    const ones = Array<number>(48).fill(1);
    const lines = drawn(60, tracksOf(ones, ones));
    expect(lines[0]).toBe('  The outage: 200 ms a column');
    expect(lines).toContain(`  calls    ${'█'.repeat(24)}  at most 2`);
    expect(lines).toContain(`  longest  ${'█'.repeat(24)}  at most 1 ms`);
  });

  it('are never wider than the terminal, and none where there are none', () => {
    expect(renderTracks('es', [], 80)).toEqual([]);
    const levels = fc.array(fc.nat(500), { minLength: 12, maxLength: 200 });
    fc.assert(
      fc.property(levels, fc.integer({ min: 60, max: 200 }), (some, width) => {
        const lines = drawn(
          width,
          tracksOf(
            some,
            some.map((level) => level % 2),
          ),
        );
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('count what lies in a step, and take the highest of it', () => {
    const steps = stepsOver(100, 200, 4);
    expect(countsIn(steps, [99, 100, 124, 125, 199, 200])).toEqual([2, 1, 0, 1]);
    const values = [
      { ms: 110, value: 3 },
      { ms: 111, value: 2 },
      { ms: 180, value: 7 },
    ];
    expect(highestIn(steps, values)).toEqual([3, 0, 0, 7]);
  });
});
