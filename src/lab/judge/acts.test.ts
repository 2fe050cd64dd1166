import { describe, expect, it } from 'vitest';
import { holds, violated } from '../../kata/findings.js';
import { History, type HistoryEvent } from '../../kata/history.js';
import { ofActs, withActs } from './acts.js';

const text = { en: '', es: '' };
const acts = {
  flood: { title: text, breaks: ['moves-on'], covers: ['overlapped'] },
  crash: { title: text, breaks: ['lost'], covers: ['crash-hit'] },
};
const note = (f: string, act: string): HistoryEvent => ({
  ...{ case: 0, at: 0, type: 'note', f },
  value: { act },
});

describe('acts', () => {
  it('say which of them broke what, by the first line of the witness', () => {
    const history = new History([
      ...[note('act-began', 'flood'), note('act-ended', 'flood')],
      ...[note('act-began', 'crash'), note('x', ''), note('act-ended', 'crash'), note('y', '')],
    ]);
    const found = [
      violated('lost', text, text, [6, 4]),
      violated('late', text, text, [6]),
      holds('moves-on', text),
    ];
    expect(withActs(history, found).map(({ act }) => act)).toEqual(['crash', undefined, undefined]);
  });

  it('that were not played are not judged and not asked for', () => {
    const coverage = [
      { condition: 'overlapped', met: false, story: text },
      { condition: 'crash-hit', met: true, story: text },
    ];
    const findings = [holds('moves-on', text), holds('lost', text)];
    expect(ofActs(acts, ['crash'], { findings, coverage })).toEqual({
      findings: [holds('lost', text)],
      coverage: [coverage[1]],
    });
  });
});
