import { describe, expect, it } from 'vitest';
import type { Kata } from '../kata/define.js';
import { loadCurriculum } from './curriculum.js';
import { kataOverview } from './katas.js';
import type { Progress } from './progress.js';

const kata4 = {
  id: 'kata-4',
  item: 'm2.b1.kata-4',
  title: { es: 'Sobreventa', en: 'Over-selling' },
  languages: ['node'],
  services: ['postgres'],
  strategies: {},
} as unknown as Kata;

const overview = (katas: readonly Kata[], progress?: Progress) =>
  kataOverview({
    curriculum: loadCurriculum(),
    katas,
    progress,
    states: new Map([['m2.b1.kata-4', 'stale']]),
  });

describe('kataOverview', () => {
  it('has every kata of the plan once, in study order, and says which the lab lacks', () => {
    const all = overview([kata4]);
    expect(all.map(({ id }) => id)).toEqual([...new Set(all.map(({ id }) => id))]);
    for (let n = 1; n <= 13; n += 1) expect(all.map(({ id }) => id)).toContain(`kata-${n}`);
    expect(all.filter(({ lab }) => lab).map(({ id }) => id)).toEqual(['kata-4']);
    const months = all.map(({ month }) => month ?? 0);
    expect(months).toEqual([...months].sort((a, b) => a - b));
    expect(all.find(({ id }) => id === 'kata-1')?.title.en).not.toMatch(/^Kata/);
  });

  it('knows the tick, its evidence and the last run', () => {
    const run = { run: 'results/x', date: '2026-01-02', outcome: 'as-expected' };
    const progress = {
      schema: 1,
      startedOn: null,
      locale: null,
      items: { 'm2.b1.kata-4': { date: '2026-01-03', evidence: { by: 'hand' } } },
      katas: { 'kata-4': { last: run } },
    } as unknown as Progress;
    expect(overview([kata4], progress).find(({ id }) => id === 'kata-4')).toMatchObject({
      title: { es: 'Sobreventa' },
      month: 2,
      block: 'm2.b1',
      weeks: [5, 6],
      last: run,
      done: true,
      date: '2026-01-03',
      evidence: 'stale',
    });
    expect(overview([kata4]).find(({ id }) => id === 'kata-4')).toMatchObject({
      done: false,
      evidence: undefined,
      last: undefined,
    });
  });

  it('puts a kata that the plan lacks at the end', () => {
    const extra = { ...kata4, id: 'kata-99', item: 'nowhere' };
    expect(overview([extra]).at(-1)).toMatchObject({ id: 'kata-99', month: undefined });
  });
});
