import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steering } from '../../../test/support/hostile.js';
import { hostileRecords } from '../../../test/support/hostile-records.js';
import { comparisonOf } from '../view/comparison.js';
import { progressPage } from './progress.js';
import { runPage } from './run.js';

/** Elements that load, run, send, or change what the page is. */
const active = /<\/?(?:script|iframe|object|embed|form|base|img|image|audio|video|use|animate)\b/i;

describe('a report as a page', () => {
  const curve = [
    { ms: 1, share: 0.5 },
    { ms: 9, share: 1 },
  ];

  it.each(['es', 'en'] as const)('has nothing of a value but its words (%s)', (locale) => {
    fc.assert(
      fc.property(hostileRecords, ({ kata, run, exhibited, progress }) => {
        const pages = [
          runPage(locale, { kata, record: run, curveOf: () => curve }),
          runPage(locale, {
            ...{ kata, record: run, compared: comparisonOf(kata, run), curveOf: () => curve },
          }),
          runPage(locale, { kata, record: exhibited, curveOf: () => [] }),
          progressPage(locale, progress, [{ kata, record: run }], '0.1.0'),
        ];
        for (const page of pages) {
          expect(page.split('\n').filter((line) => steering(line).length > 0)).toEqual([]);
          expect(oddTags(page)).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('may load nothing, and allows its one style by its hash', () => {
    fc.assert(
      fc.property(hostileRecords, ({ kata, run }) => {
        const page = runPage('en', { kata, record: run, curveOf: () => curve });
        const [, policy = ''] =
          /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
        const [, style = ''] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
        const hash = createHash('sha256').update(style).digest('base64');
        expect(policy.replaceAll('&#39;', "'")).toContain(
          `default-src 'none'; style-src 'sha256-${hash}'`,
        );
      }),
      { numRuns: 3 },
    );
  });
});

/** Tags that load or run something, and attributes that only a value could have brought. */
function oddTags(page: string): string[] {
  const tags = page.replace(/<style>[^]*?<\/style>/, '').match(/<[^>]*>/g) ?? [];
  return tags.filter(
    (tag) => active.test(tag) || /\s(?:on\w+|style|srcdoc|src)\s*=/i.test(unquoted(tag)),
  );
}

/** Without the values of its attributes. */
const unquoted = (tag: string): string => tag.replace(/"[^"]*"/g, '""');
