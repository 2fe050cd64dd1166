import { describe, expect, it } from 'vitest';
import type { LetterOutcome } from '../../kata/dead-letters.js';
import { check } from './replay.js';

const done: LetterOutcome = { id: 'm-1', became: 'done', must: 'done', attempts: 1 };
const dead: LetterOutcome = { id: 'm-2', became: 'dead', must: 'dead', attempts: 3 };

describe('what a replay of dead letters came to', () => {
  it('holds where each became what it must', () => {
    const { findings, coverage, figures } = check([done, dead]);
    expect(findings.every(({ holds }) => holds)).toBe(true);
    expect(coverage.every(({ met }) => met)).toBe(true);
    expect(figures).toEqual({ done: 1, dead: 1, lost: 0 });
  });

  it.each([
    ['dead', 'done'],
    ['done', 'dead'],
    ['lost', 'done'],
    ['waiting', 'dead'],
  ] as const)('is violated by one that is %s and should be %s', (became, must) => {
    const { findings } = check([done, { ...dead, id: 'm-9', became, must }]);
    expect(findings[0]?.witness?.story.en).toContain(`m-9 should be ${must} now and is ${became}`);
  });

  it('proves nothing where none was sent', () => {
    expect(check([]).coverage[0]?.met).toBe(false);
  });
});
