import fc from 'fast-check';
import { lexer, type Token, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { steering } from '../../../test/support/hostile.js';
import { hostileRecords, type HostileRecords } from '../../../test/support/hostile-records.js';
import type { Locale } from '../../i18n/text.js';
import type { CaseRecord } from '../../kata/run-record.js';
import { comparisonOf } from '../view/comparison.js';
import { pageOf } from './compare.js';
import { pictureOf } from './picture.js';
import { journalContents } from './journal.js';
import { playedContents } from './played.js';
import { fillTemplate } from './template.js';
import { progressMarkdown } from './progress.js';

describe('Markdown that is written for the learner', () => {
  const journal = (locale: Locale, { kata, run, exhibited, some }: HostileRecords): string[] => {
    const failure = run.cases[0] as CaseRecord;
    const finding = failure.findings[0];
    if (!finding) throw new Error('the case has lost its finding');
    const of = { folder: '/x', record: run };
    const chosen = {
      ...{ reference: of, own: of, key: { run: of, one: failure } },
      failures: [{ run: of, one: failure, finding }],
    };
    const proofs = [[{ line: 1, text: some }]];
    const snippet = { path: some, code: some, hash: 'c0ffee' };
    const played = { folder: '/x', record: exhibited };
    return [
      ...Object.values(journalContents(locale, { kata, word: 'kata-4', chosen, snippet, proofs })),
      ...Object.values(
        playedContents(locale, kata, {
          ...chosen,
          reference: played,
          own: undefined,
          failures: [],
        }),
      ),
      fillTemplate(locale, '# {title}', kata),
      pageOf(locale, {
        ...{ kata, record: run, cases: comparisonOf(kata, run) },
        ...{ languages: ['node', 'go'], linkOf: () => 'x.svg', improvement: undefined },
      }).content,
    ];
  };

  it.each(['es', 'en'] as const)('has nothing of a value but its words (%s)', (locale) => {
    fc.assert(
      fc.property(hostileRecords, (made) => {
        const documents = [...journal(locale, made), progressMarkdown(locale, made.progress)];
        for (const document of documents) {
          expect(
            document.split('\n').filter((line) => steering(line.replaceAll('\t', '')).length > 0),
          ).toEqual([]);
          expect(markupOf(document.replaceAll('<!-- prettier-ignore -->\n', ''))).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('and its pictures are XML without markup of a value', () => {
    fc.assert(
      fc.property(hostileRecords, ({ kata, run }) => {
        const [first] = comparisonOf(kata, run);
        if (!first) return;
        const svg = pictureOf('en', kata, first, []);
        expect(steering(svg)).toEqual([]);
        expect(svg).not.toMatch(/<img|<script|<!--/);
      }),
      { numRuns: 20 },
    );
  });
});

/** What in a document would load, link, run or be styled because a value says so. */
function markupOf(document: string): string[] {
  const found: string[] = [];
  const walk = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      // Its words are text, whatever they hold.
      if (token.type === 'image' && token.href === 'x.svg') continue;
      if (['html', 'image', 'link', 'del'].includes(token.type)) found.push(token.raw);
      if (token.type === 'table') {
        const { header, rows } = token as Tokens.Table;
        for (const cell of [header, ...rows].flat()) walk(cell.tokens);
      }
      if (token.type === 'list') for (const item of (token as Tokens.List).items) walk(item.tokens);
      walk((token as { tokens?: Token[] }).tokens ?? []);
    }
  };
  walk(lexer(document));
  return found;
}
