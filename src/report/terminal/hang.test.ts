import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hang } from './hang.js';

describe('hanging lines', () => {
  it('breaks between words, under the text', () => {
    expect(hang('    one two three', 12)).toBe('    one two\n      three');
  });

  it('leaves lines that fit alone', () => {
    expect(hang('  a   b\nc', 10)).toBe('  a   b\nc');
  });

  it('keeps a word that is wider than the terminal', () => {
    expect(hang('see /a/very/long/path', 10)).toBe('see\n  /a/very/long/path');
  });

  it('loses no word, and keeps to the width where words allow it', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 60 }), (said, width) => {
        const hung = hang(`  ${said.join(' ')}`, width);
        expect(hung.split(/\s+/).filter(Boolean)).toEqual(said);
        for (const line of hung.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
      }),
    );
  });
});
