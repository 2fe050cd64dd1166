import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { caseOf } from '../../../test/support/stored-run.js';
import type { Finding } from '../../kata/findings.js';
import type { Counts } from '../../kata/run-record.js';
import { rulePath } from './rule-path.js';

const rule = (invariant: string, holds: boolean | null): Finding => ({
  invariant,
  rule: { en: invariant, es: invariant },
  holds,
});

const told = (findings: Finding[], counts: Counts): string[] =>
  rulePath('en', caseOf({ findings, counts })).map((line) => stripVTControlCharacters(line));

const answered: Counts = { requests: 4, ok: 3, fail: 1, unknown: 0 };

describe('the path of rules', () => {
  it('begins with what every program meets, and counts what holds', () => {
    const findings = [rule('oversold', false), rule('rows', true), rule('stays-alive', true)];
    expect(told(findings, answered)).toEqual([
      'Rules: 2 of 3',
      '✔ stays-alive',
      '✔ rows',
      '✘ oversold',
    ]);
  });

  it('leaves open what the run could not tell', () => {
    expect(told([rule('late', null), rule('rows', true)], answered)).toEqual([
      'Rules: 1 of 2   · not yet reached',
      '✔ rows',
      '· late',
    ]);
  });

  it('gives a program that said yes to nothing no credit for what it was never tried on', () => {
    const findings = [rule('oversold', true), rule('stays-alive', true)];
    expect(told(findings, { ...answered, ok: 0 })).toEqual([
      'Rules: 1 of 2   · not yet reached',
      '✔ stays-alive',
      '· oversold',
    ]);
  });

  it('gives a program that never came up no credit at all', () => {
    const findings = [rule('stays-alive', true), rule('becomes-healthy', false)];
    const none: Counts = { requests: 0, ok: 0, fail: 0, unknown: 0 };
    expect(told(findings, none)).toEqual([
      'Rules: 0 of 2   · not yet reached',
      '✘ becomes-healthy',
      '· stays-alive',
    ]);
  });

  it('believes a worker, which is asked no requests', () => {
    const none: Counts = { requests: 0, ok: 0, fail: 0, unknown: 0 };
    expect(told([rule('none-lost', true)], none)).toContain('✔ none-lost');
  });
});
