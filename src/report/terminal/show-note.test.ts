import { forceColour } from './style.js';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../base/package.js';
import { widthOf } from './markdown/inline.js';
import { renderMarkdown } from './markdown/render.js';

const folder = path.join(packageRoot, 'fixtures', 'notes');
const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
beforeAll(() => {
  forceColour(false);
});
afterAll(() => {
  forceColour(undefined);
});

it.each(files)('the note %s is one screen: 42 lines of 80 columns at most', (name) => {
  const lines = renderMarkdown(readFileSync(path.join(folder, name), 'utf8').trim(), 80).split(
    '\n',
  );
  expect(lines.length).toBeLessThanOrEqual(42);
  expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
});
