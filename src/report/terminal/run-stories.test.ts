import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { Finding, Margin } from '../../kata/findings.js';
import type { CaseRecord } from '../../kata/run-record.js';
import { withinTolerance } from '../../kata/rules/tolerance.js';
import { caseOf } from '../../../test/support/stored-run.js';
import { rowsOf } from '../view/rows.js';
import { storiesOf } from './run-stories.js';

const kata = { id: 'kata-7', options: {}, columns: [] } as unknown as Kata;
const rule = { en: 'Not late.', es: 'No tarde.' };
const what = { en: 'the latest wait', es: 'la espera más tardía' };

const late = (value: number, resolution: number): Finding => {
  const margin: Margin = { what, value, limit: 150, unit: 'ms', resolution };
  return withinTolerance('not-late', rule, margin, () => ({ story: rule, lines: [] }));
};

function told(changes: Partial<CaseRecord>, locale: Locale = 'en'): string {
  const rows = rowsOf(kata, [caseOf(changes)]);
  return stripVTControlCharacters(
    storiesOf(locale, kata, rows, { run: 'results/x', kata: undefined }).join('\n'),
  );
}

describe('the stories of a run', () => {
  it('say nothing of a margin that is wide', () => {
    expect(told({ findings: [late(20, 10)] })).toBe('');
  });

  it('say small how near a rule that holds was to breaking', () => {
    expect(told({ findings: [late(130, 10)] })).toContain(
      '≈ the latest wait: 130 of at most 150 ms, and what is below 10 ms could not be told from nothing here [not-late]',
    );
  });

  it('say in both languages what could not be told', () => {
    const findings = [late(130, 400)];
    const undecided = { verdict: 'inconclusive', asExpected: false, findings } as const;
    expect(told(undecided)).toContain(
      'could not be told in this run: it allows 150 ms, and up to 400',
    );
    expect(told(undecided, 'es')).toContain('no se pudo saber: permite 150 ms, y hasta 400 ms');
  });
});
