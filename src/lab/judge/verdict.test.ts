import { describe, expect, it } from 'vitest';
import type { Expectation } from '../../kata/findings.js';
import { judge } from './verdict.js';

const rule = { en: 'a rule', es: 'una regla' };
const finding = (invariant: string, holds: boolean | null) => ({ invariant, rule, holds });
const covered = [{ condition: 'overlap', met: true, story: rule }];
const uncovered = [{ condition: 'overlap', met: false, story: rule }];
const holds: Expectation = { verdict: 'holds' };
const violated: Expectation = { verdict: 'violated', by: 'main', with: ['side'] };

describe('the verdict', () => {
  it('holds where all holds and the conditions came', () => {
    const result = judge({ findings: [finding('main', true)], coverage: covered }, holds);
    expect(result).toEqual({ verdict: 'holds', asExpected: true });
  });

  it('is inconclusive where the conditions never came', () => {
    const result = judge({ findings: [finding('main', true)], coverage: uncovered }, holds);
    expect(result).toEqual({ verdict: 'inconclusive', asExpected: false });
  });

  it('is inconclusive where nothing was looked at', () => {
    expect(judge({ findings: [], coverage: covered }, holds).verdict).toBe('inconclusive');
  });

  it('is inconclusive where a rule could not be decided, and no other broke', () => {
    const undecided = [finding('main', true), finding('side', null)];
    const said = judge({ findings: undecided, coverage: covered }, holds);
    expect(said).toEqual({ verdict: 'inconclusive', asExpected: false });
    expect(judge({ findings: undecided, coverage: covered }, violated)).toEqual(said);
    const broken = [finding('main', false), finding('side', null)];
    expect(judge({ findings: broken, coverage: covered }, violated)).toEqual({
      verdict: 'violated',
      asExpected: true,
    });
  });

  it('expects nothing along with the failure where it names nothing', () => {
    const alone: Expectation = { verdict: 'violated', by: 'main' };
    const broken = (...names: string[]) => names.map((name) => finding(name, false));
    const asExpected = (...names: string[]): boolean =>
      judge({ findings: broken(...names), coverage: covered }, alone).asExpected;
    expect(asExpected('main')).toBe(true);
    expect(asExpected('main', 'side')).toBe(false);
  });

  it('is inconclusive, never a pass, where the expected failure did not show', () => {
    const result = judge({ findings: [finding('main', true)], coverage: covered }, violated);
    expect(result).toEqual({ verdict: 'inconclusive', asExpected: false });
  });

  it('is violated where an invariant broke, even without the conditions', () => {
    const result = judge({ findings: [finding('main', false)], coverage: uncovered }, holds);
    expect(result).toEqual({ verdict: 'violated', asExpected: false });
  });

  it.each<[string[], boolean]>([
    [['main'], true],
    [['main', 'side'], true],
    [['side'], false],
    [['main', 'other'], false],
    [['other'], false],
  ])('takes %j for the expected failure: %s', (broken, asExpected) => {
    const findings = ['main', 'side', 'other'].map((name) => finding(name, !broken.includes(name)));
    const result = judge({ findings, coverage: covered }, violated);
    expect(result).toEqual({ verdict: 'violated', asExpected });
  });

  it.each<[string[], string, boolean]>([
    [[], 'holds', true],
    [['side'], 'violated', true],
    [['other'], 'violated', false],
  ])('of some acts alone takes %j as %s: %s', (broken, verdict, asExpected) => {
    const findings = ['main', 'side', 'other'].map((name) => finding(name, !broken.includes(name)));
    const result = judge({ findings, coverage: covered }, { ...violated, partly: true });
    expect(result).toEqual({ verdict, asExpected });
  });
});
