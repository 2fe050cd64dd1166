import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeBlock, codeSpan, escapeText, markdownTable } from './markdown.js';

describe('codeBlock', () => {
  it('has a fence that nothing in the code closes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', '\n') }), (code) => {
        const [open = '', ...lines] = codeBlock(code, 'ts').split('\n');
        const fence = open.replace('ts', '');
        expect(lines.at(-1)).toBe(fence);
        expect(lines.slice(0, -1).some((line) => line.includes(fence))).toBe(false);
      }),
    );
  });
});

describe('codeSpan', () => {
  it('quotes backticks too', () => {
    expect(codeSpan('plan run')).toBe('`plan run`');
    expect(codeSpan('`sh`')).toBe('`` `sh` ``');
    expect(codeSpan('a\nb')).toBe('`a b`');
  });
});

describe('escapeText', () => {
  it('leaves no markup, no line end and no cell end in what a program said', () => {
    expect(escapeText('418 <h1>|`x`|\r\n*_a_*')).toBe('418 \\<h1>\\|\\`x\\`\\| \\*\\_a\\_\\*');
    expect(escapeText('synchronous_commit = on')).toBe('synchronous_commit = on');
  });
});

describe('markdownTable', () => {
  it('aligns, pads, and leaves out columns that say nothing', () => {
    const table = markdownTable(
      [
        { head: 'name', align: 'left', cell: (row: { n: number }) => (row.n > 9 ? 'a|b' : 'c') },
        { head: 'n', align: 'right', cell: ({ n }) => String(n) },
        { head: 'gone', align: 'left', cell: () => '' },
      ],
      [{ n: 1 }, { n: 1000 }],
    );
    expect(table).toBe(
      ['| name |    n |', '| ---- | ---: |', '| c    |    1 |', '| a\\|b | 1000 |'].join('\n'),
    );
  });
});
