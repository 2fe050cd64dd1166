import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../base/package.js';
import { readBrief, splitHints } from './brief.js';

describe('splitHints', () => {
  it('takes the hints out and leaves the rest where it was', () => {
    const { body, hints } = splitHints(
      '# K\n\ntext\n\n## Hints\n\n### 1\n\none\n\n### 2\n\ntwo\n\n```\n### 3\n## x\n```\n\n## More\n\nend\n',
    );
    expect(hints).toEqual(['one', 'two\n\n```\n### 3\n## x\n```']);
    expect(body).toBe('# K\n\ntext\n\n## More\n\nend\n');
  });

  it('finds none where there are none', () => {
    const text = '# K\n\n```\n## Hints\n### 1\n```\n';
    expect(splitHints(text)).toEqual({ body: text, hints: [] });
  });
});

describe('readBrief', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'plan-brief-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('falls back on the other language, and says which it is', async () => {
    expect(await readBrief(folder, 'es')).toBeUndefined();
    writeFileSync(path.join(folder, 'brief.en.md'), '# K\n');
    expect(await readBrief(folder, 'es')).toMatchObject({ locale: 'en', body: '# K\n' });
  });

  it('reads both languages of every brief alike: as many hints, as many sections', async () => {
    const katas = path.join(packageRoot, 'katas');
    let found = 0;
    const entries = await readdir(katas, { withFileTypes: true });
    for (const { name } of entries.filter((entry) => entry.isDirectory())) {
      const es = await readBrief(path.join(katas, name), 'es');
      const en = await readBrief(path.join(katas, name), 'en');
      if (!es || !en) continue;
      found += 1;
      expect([name, es.locale, en.locale]).toEqual([name, 'es', 'en']);
      expect([name, es.hints.length]).toEqual([name, en.hints.length]);
      expect(en.hints.length).toBeGreaterThan(0);
      const sections = (body: string) => body.match(/^## /gm)?.length;
      expect([name, sections(es.body)]).toEqual([name, sections(en.body)]);
    }
    expect(found).toBeGreaterThan(0);
  });
});
