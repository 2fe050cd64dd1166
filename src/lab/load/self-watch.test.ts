import { describe, expect, it } from 'vitest';
import { boundBy } from './self-watch.js';

describe('the generator is bound', () => {
  const figures = { utilisation: 0.5, lagP50: 0, lagP99: 1, lagMax: 2 };
  const latency = { n: 9, p50: 50, p95: 1, p99: 1, p999: 1, max: 1, mean: 1, throughput: 1 };
  /** By so many whole milliseconds. */
  const owed = (ms: number, count: number): number[] => [...Array<number>(ms).fill(0), count];
  const late = { count: 0, forUser: 0, max: 0, owedByMs: [], sent: 1000, hung: 0, servedMs: 0 };

  it.each([
    ['', 'closed', figures, late],
    ['utilisation', 'closed', { ...figures, utilisation: 0.93 }, late],
    ['', 'closed', { ...figures, lagP99: 9 }, late],
    ['lag', 'closed', { ...figures, lagP99: 11 }, late],
    ['', 'open', figures, { ...late, count: 500, forUser: 495 }],
    ['', 'burst', { ...figures, lagP99: 400 }, { ...late, hung: 10 }],
    ['lag', 'burst', { ...figures, lagP99: 400 }, { ...late, hung: 8 }],
    ['late-sends', 'open', figures, { ...late, owedByMs: owed(10, 20) }],
    ['', 'open', figures, { ...late, owedByMs: owed(9, 500) }],
    ['', 'open', figures, { ...late, owedByMs: owed(30, 10) }],
    ['', 'closed', figures, { ...late, owedByMs: owed(10, 20) }],
    ['', 'burst', figures, { ...late, count: 500 }],
  ] as const)('by %j in %s mode', (sign, mode, seen, sends) => {
    expect(boundBy(mode, seen, latency, sends)).toEqual(sign === '' ? [] : [sign]);
  });
});

it('is late by a millisecond where an answer takes no longer', () => {
  const figures = { utilisation: 0.5, lagP50: 0, lagP99: 1, lagMax: 2 };
  const latency = { n: 9, p50: 2, p95: 1, p99: 1, p999: 1, max: 1, mean: 1, throughput: 1 };
  const late = {
    count: 20,
    forUser: 0,
    max: 1,
    owedByMs: [0, 20],
    sent: 1000,
    hung: 0,
    servedMs: 0,
  };
  expect(boundBy('open', figures, latency, late)).toEqual(['late-sends']);
});

it('is not bound by what is little beside what served ones take, however quick refusals are', () => {
  const figures = { utilisation: 0.5, lagP50: 0, lagP99: 9, lagMax: 20 };
  const latency = { n: 9, p50: 2, p95: 90, p99: 99, p999: 99, max: 99, mean: 9, throughput: 1 };
  const late = { count: 20, forUser: 0, max: 5, owedByMs: [0, 0, 20], sent: 1000, hung: 0 };
  expect(boundBy('open', figures, latency, { ...late, servedMs: 80 })).toEqual([]);
  expect(boundBy('open', figures, latency, { ...late, servedMs: 0 })).toEqual([
    'lag',
    'late-sends',
  ]);
});
