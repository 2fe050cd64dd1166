import { describe, expect, it } from 'vitest';
import { countsIn, type Acts } from './acts.js';

const title = { en: '', es: '' };
const acts: Acts = {
  flood: { title, breaks: ['moves-on', 'lost'], covers: ['overlapped'] },
  crash: { title, breaks: ['lost'], covers: ['crash-hit'] },
};

describe('a run of some acts', () => {
  it('is judged by the rules that they can break, and by those of no act', () => {
    const { rule, condition } = countsIn(acts, ['crash']);
    expect(['moves-on', 'lost', 'any'].map(rule)).toEqual([false, true, true]);
    expect(['overlapped', 'crash-hit', 'any'].map(condition)).toEqual([false, true, true]);
  });

  it('is judged whole where all were played', () => {
    const { rule, condition } = countsIn(acts, undefined);
    expect([rule('moves-on'), condition('overlapped')]).toEqual([true, true]);
  });
});
