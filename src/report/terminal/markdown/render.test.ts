import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { widthOf } from './inline.js';
import { renderMarkdown } from './render.js';
import { forceColour, style } from '../style.js';

beforeEach(() => {
  forceColour(false);
});
afterEach(() => {
  forceColour(undefined);
});

describe('renderMarkdown', () => {
  it('wraps paragraphs and lists at the width, the text of an item under itself', () => {
    expect(
      renderMarkdown(
        '# One\n\nfour words are\nhere now\n\n- first item is long\n- b\n\n10. ten\n11. eleven words here',
        20,
      ).split('\n'),
    ).toEqual([
      'One',
      '',
      'four words are here',
      'now',
      '',
      '• first item is long',
      '• b',
      '',
      '10. ten',
      '11. eleven words',
      '    here',
    ]);
  });

  it('keeps code as it is, its comments and blank lines included', () => {
    expect(renderMarkdown('```sql\n# no heading\n\n  - no list\n```\nafter', 40)).toBe(
      '    # no heading\n\n      - no list\n\nafter',
    );
  });

  it('puts the remark beside a command below it where both are too wide', () => {
    const code = '```\nplan run kata-1 --lang go   in Go\nplan run kata-1\n```';
    expect(renderMarkdown(code, 36)).toBe(
      '    plan run kata-1 --lang go\n        in Go\n    plan run kata-1',
    );
    expect(renderMarkdown(code, 37)).toContain('--lang go   in Go');
  });

  it('nests lists and quotes', () => {
    expect(renderMarkdown('- a\n  - b\n    lazy\n\n  more\n\n> said\n> so', 40)).toBe(
      '• a\n\n  • b lazy\n\n  more\n\n│ said so',
    );
  });

  it('shrinks the widest column of a table, and stacks the cells where nothing fits', () => {
    const table = '| a | long |\n| - | ---- |\n| 1 | `x | y` and several more words |';
    expect(renderMarkdown(table.replace('x |', 'x \\|'), 24).split('\n')).toEqual([
      'a  long',
      '1  `x | y` and several',
      '   more words',
    ]);
    const wide = `| ${'head '.repeat(3)}| b |\n|-|-|\n| ${'unbreakable'.repeat(3)} | c |`;
    expect(renderMarkdown(wide, 20).split('\n')).toEqual([
      'head head head:',
      `  ${'unbreakable'.repeat(3)}`,
      'b: c',
    ]);
  });

  it('shows what is code, with colours or without', () => {
    expect(renderMarkdown('a `b c`, **d**, _e_, snake_case, \\*f\\* [g](http://h)', 99)).toBe(
      'a `b c`, d, e, snake_case, *f* g (http://h)',
    );
    forceColour(true);
    expect(renderMarkdown('a `b`, **c**', 99)).toBe(`a ${style.cyan('b')}, ${style.bold('c')}`);
  });

  it('keeps as written what a terminal has no form for', () => {
    expect(renderMarkdown('- [x] <slug> ~5 ms~ http://h\n- [ ] 1 < 2 &amp; 3', 99)).toBe(
      '• [x] <slug> ~5 ms~ http://h\n• [ ] 1 < 2 &amp; 3',
    );
    expect(renderMarkdown('<b>\nx\n</b>\n\n***\n\n![a](b)', 99)).toBe(
      '<b>\nx\n</b>\n\n***\n\n![a](b)',
    );
  });

  it('drops comments', () => {
    expect(renderMarkdown('a\n\n<!-- b\nc -->\n\nd', 40)).toBe('a\n\nd');
  });

  it('loses no word of any text, and is never wider than asked but for a long word', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'é', 'z', '1'),
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1 }),
        fc.integer({ min: 20, max: 90 }),
        (words, width) => {
          const lines = renderMarkdown(words.join(' '), width).split('\n');
          expect(lines.join(' ')).toBe(words.join(' '));
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it('ends on any text at all', () => {
    const piece = fc.constantFrom(
      '- ',
      '1. ',
      '> ',
      '|',
      '---',
      '```',
      '# ',
      '  ',
      '\n',
      'a',
      '`',
      '*',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(typeof renderMarkdown(pieces.join(''), 40)).toBe('string');
      }),
      { numRuns: 500 },
    );
  });
});
