import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closingMarker, openingMarker, regions, type Region } from './markers.js';
import { renew, type Contents, type Renewal } from './renew.js';

const words = {
  keptHead: (region: Region) => `> kept ${region}`,
  appendedHead: '### measured · medido',
};

const first: Contents = {
  failure: 'it sold 47 of 10',
  implementation: '- Node',
  code: '```ts\nconst ñ = 1;\n```',
  results: '| n |\n| --: |\n| 100 |',
};
const second: Contents = { ...first, failure: 'it sold 100 of 10', results: '| n |\n| 200 |' };

const template = regions
  .map((region) => `## ${region}\n\n<!-- plan:${region} -->\n<!-- /plan:${region} -->\n\nmine\n`)
  .join('\n');

const page = (contents = first): string => text(renew(Buffer.from(template), contents, words));

describe('renew', () => {
  it('fills empty pairs of markers, and says so', () => {
    const done = renew(Buffer.from(template), first, words);
    expect(done.renewed).toEqual(regions);
    expect(done.kept).toEqual([]);
    for (const content of Object.values(first)) expect(text(done)).toContain(content);
    expect(text(done).match(/^mine$/gm)).toHaveLength(4);
  });

  it('changes only what says something else', () => {
    const done = renew(Buffer.from(page()), second, words);
    expect(done).toMatchObject({
      renewed: ['failure', 'results'],
      unchanged: ['implementation', 'code'],
      kept: [],
    });
    expect(text(done)).toBe(page(second));
  });

  it('keeps what the learner wrote inside a part, as text below the new one', () => {
    const edited = page().replace('it sold 47 of 10', 'it sold 47 of 10. I SAW IT MYSELF!');
    const done = renew(Buffer.from(edited), second, words);
    expect(done.renewed).toContain('failure');
    expect(done.kept).toMatchObject([{ region: 'failure', reason: 'edited' }]);
    expect(text(done)).toContain('it sold 100 of 10\n\n<!-- /plan:failure -->\n\n> kept failure');
    expect(text(done)).toContain('I SAW IT MYSELF!');
    const again = renew(done.bytes, second, words);
    expect(again.bytes.equals(done.bytes)).toBe(true);
    expect(again.kept).toEqual([]);
  });

  it('does not take the work of a formatter for the hand of the learner', () => {
    const formatted = page()
      .replace('| n |\n| --: |\n| 100 |', '|   n |\n|  -------: |\n| 100 |\n')
      .replace('- Node', '-   Node');
    const same = renew(Buffer.from(formatted), first, words);
    expect(text(same)).toBe(formatted);
    expect(renew(Buffer.from(formatted), second, words)).toMatchObject({
      renewed: ['failure', 'results'],
      kept: [],
    });
  });

  it('leaves out what the learner took out, and brings it back where markers stand', () => {
    const without = page().replace(/<!-- plan:code[^]*\/plan:code -->\n/, '');
    const done = renew(Buffer.from(without), second, words);
    expect(done.kept).toEqual([{ region: 'code', reason: 'removed', lines: [] }]);
    expect(text(done)).not.toContain('const');
    const asked = Buffer.from(`${text(done)}<!-- plan:code -->\n<!-- /plan:code -->`);
    expect(renew(asked, second, words)).toMatchObject({ renewed: ['code'], kept: [] });
  });

  it.each([
    ['the closing marker is gone', (p: string) => p.replace('<!-- /plan:results -->', '')],
    ['the opening marker is gone', (p: string) => p.replace(/<!-- plan:results.*-->/, '')],
    ['the opening marker is cut', (p: string) => p.replace(/(<!-- plan:results.*) -->/, '$1')],
    [
      'the markers are in each other’s place',
      (p: string) =>
        p
          .replace(/<!-- plan:results.*-->/, '<!-- was here -->')
          .replace('<!-- /plan:results -->', '<!-- plan:results -->')
          .replace('<!-- was here -->', '<!-- /plan:results -->'),
    ],
    [
      'another part lies inside',
      (p: string) =>
        p.replace(
          '<!-- /plan:results -->',
          '<!-- plan:code -->\n<!-- /plan:code -->\n<!-- /plan:results -->',
        ),
    ],
  ])('leaves a part as it is where %s', (_, damage) => {
    const damaged = damage(page());
    const done = renew(Buffer.from(damaged), { ...first, results: 'NEW' }, words);
    expect(done.kept).toContainEqual(
      expect.objectContaining({ region: 'results', reason: 'damaged' }),
    );
    expect(text(done)).not.toContain('NEW');
    expect(text(done)).toBe(damaged);
  });

  it('touches neither of two copies, and names their lines', () => {
    const [part = ''] = /<!-- plan:results[^]*\/plan:results -->/.exec(page()) ?? [];
    const twice = `${page()}\nbefore:\n\n${part}\n`;
    const done = renew(Buffer.from(twice), { ...first, results: 'NEW' }, words);
    expect(text(done)).toBe(twice);
    const lines = twice
      .split('\n')
      .flatMap((line, at) => (/plan:results/.test(line) ? [at + 1] : []));
    expect(done.kept).toEqual([{ region: 'results', reason: 'repeated', lines }]);
  });

  it('keeps CRLF, a byte order mark, and the want of a final newline', () => {
    const windows = `\uFEFF${page().replaceAll('\n', '\r\n').trimEnd()}`;
    const done = renew(Buffer.from(windows), second, words);
    expect(text(done)).toBe(`\uFEFF${page(second).replaceAll('\n', '\r\n').trimEnd()}`);
  });

  it('knows a marker on the first line, behind a byte order mark', () => {
    const start = `\uFEFF<!-- plan:code -->\r\n<!-- /plan:code -->\r\nmío`;
    const done = text(renew(Buffer.from(start), first, words));
    expect(done).toBe(
      `\uFEFF${openingMarker('code', bytes(first.code))}\r\n\r\n${first.code.replaceAll('\n', '\r\n')}\r\n\r\n${closingMarker('code')}\r\nmío`,
    );
  });

  it('puts its parts behind a page that has none, once', () => {
    const own = 'My own notes, from before plan.';
    const done = renew(Buffer.from(own), first, words);
    expect(done.appended).toBe(true);
    expect(text(done).startsWith(`${own}\n\n### measured · medido\n\n<!-- plan:failure `)).toBe(
      true,
    );
    expect(renew(done.bytes, second, words)).toMatchObject({ appended: false, kept: [] });
  });

  it('is not led astray by a program that prints markers', () => {
    const sly = { ...first, code: '```\n<!-- /plan:code -->\n<!-- plan:results -->\n```' };
    const done = renew(Buffer.from(page()), sly, words);
    expect(renew(done.bytes, sly, words)).toMatchObject({ renewed: [], kept: [] });
    expect(text(renew(done.bytes, first, words))).toBe(page());
  });

  it('never loses a byte between its parts, however often and with whatever figures', () => {
    fc.assert(
      fc.property(
        fc.array(learnersBytes, { minLength: 5, maxLength: 5 }),
        fc.shuffledSubarray([...regions], { minLength: 1 }),
        fc.array(fc.record({ failure: figures, results: figures, code: figures }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.constantFrom('\n', '\r\n'),
        (own, order, runs, eol) => {
          let bytesNow = joined(
            own,
            order.map((region) => `<!-- plan:${region} -->${eol}<!-- /plan:${region} -->`),
            eol,
          );
          for (const run of runs) {
            const done = renew(bytesNow, { ...first, ...run }, words);
            expectInOrder(done.bytes, own.slice(0, order.length + 1));
            const twice = renew(done.bytes, { ...first, ...run }, words);
            expect(twice.bytes.equals(done.bytes)).toBe(true);
            bytesNow = done.bytes;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never loses a line of any page at all, markers in every disorder included', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 30 }), figures, (lines, results) => {
        const before = Buffer.from(lines.join('\n'));
        const done = renew(before, { ...first, results }, words);
        const after = new Set(text(done).split('\n'));
        // A marker may get another fingerprint; everything else must still be there.
        for (const line of lines)
          if (line.trim() !== '' && !/^<!-- \/?plan:/.test(line)) expect(after).toContain(line);
        const twice = renew(done.bytes, { ...first, results }, words);
        expect(twice.bytes.equals(done.bytes)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

const figures = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '');

/** Anything a learner's editor may leave, invalid UTF-8 included; the property joins it by lines. */
const learnersBytes = fc.oneof(
  fc.string({ unit: 'binary' }).map((written) => Buffer.from(written)),
  fc.uint8Array().map((raw) => Buffer.from(raw)),
  fc
    .constantFrom(
      'línea\r\n\r\n',
      '<!-- a comment -->',
      '\uFEFF',
      '```\ncode',
      '| a |',
      '`plan:results`',
    )
    .map((written) => Buffer.from(written)),
);

const anyLine = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...regions).map((name) => `<!-- plan:${name} -->`) },
  { weight: 3, arbitrary: fc.constantFrom(...regions).map((name) => `<!-- /plan:${name} -->`) },
  { weight: 1, arbitrary: fc.constantFrom('<!-- plan:results 0123456789ab -->') },
  {
    weight: 4,
    arbitrary: fc.string({ unit: 'grapheme' }).filter((line) => !/[\n\r]/.test(line)),
  },
);

function joined(own: readonly Buffer[], parts: readonly string[], eol: string): Buffer {
  return Buffer.concat(
    parts.flatMap((part, at) => [
      own[at] ?? Buffer.alloc(0),
      Buffer.from(`${eol}${part}${eol}`),
      ...(at === parts.length - 1 ? [own[at + 1] ?? Buffer.alloc(0)] : []),
    ]),
  );
}

function expectInOrder(whole: Buffer, parts: readonly Buffer[]): void {
  let from = 0;
  for (const part of parts) {
    const at = whole.indexOf(part, from);
    expect(at).toBeGreaterThanOrEqual(0);
    from = at + part.length;
  }
  expect(whole.subarray(whole.length - (parts.at(-1)?.length ?? 0))).toEqual(parts.at(-1));
}

function text(renewal: Renewal): string {
  return renewal.bytes.toString('utf8');
}

function bytes(content: string): string {
  return Buffer.from(content).toString('latin1');
}
