import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languageNames } from '../../kata/define.js';
import { shapeProblems } from './shape.js';

const katas = fileURLToPath(new URL('../../../katas', import.meta.url));
const ofTheLab = (await readdir(katas)).filter((name) =>
  existsSync(path.join(katas, name, 'kata.ts')),
);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'plan-shape-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What is wrong with a kata of these files. */
async function problemsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const place = await mkdtemp(path.join(folder, 'kata-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(place, name)), { recursive: true });
    await writeFile(path.join(place, name), text);
  }
  return (await shapeProblems(place)).map(({ field, problem }) => `${field}: ${problem}`);
}

describe('the shape of a kata', () => {
  it.each(ofTheLab)('is that of %s', async (name) => {
    const place = path.join(katas, name);
    const roles = readdirSync(place).filter((one) =>
      ['schema.sql', ...languageNames].some((inIt) => existsSync(path.join(place, one, inIt))),
    );
    expect(await shapeProblems(place, roles)).toEqual([]);
  });

  it('knows no other rooms', async () => {
    const problems = await problemsOf({
      'scene.ts': '',
      'acts/flood.ts': '',
      'rules.ts': '',
      'rules/acks.ts': '',
      'rules.histories.ts': "import { x } from './story.js';",
      'rules.property.test.ts': '',
      'node/main.ts': '',
      'twins/twin.mjs': '',
      'brief.en.md': '',
    });
    expect(problems).toHaveLength(2);
    expect(problems.join()).toMatch(/acts: is no room.*scene\.ts: is no room/);
  });

  it('lets rules see what was written down, and not the hand that wrote it', async () => {
    expect(
      await problemsOf({
        'rules/acks.ts': "import { x } from '../story.js';\nimport { y } from '../experiment.js';",
        'story.ts': "import type { Note } from './notes.js';",
        'notes.ts': '',
      }),
    ).toEqual([
      'rules/acks.ts: imports experiment.ts; this room may look into contract, notes, story, figures',
    ]);
  });

  it.each([
    ['double quotes', 'import { x } from "./experiment.js";'],
    ['an import for its effect', "import './experiment.js';"],
    ['one at need', "const { x } = await import('./experiment.js');"],
    ['one without an ending', "import { x } from './experiment';"],
    ['what is handed on', "export { x } from './experiment.ts';"],
  ])('sees %s', async (_, text) => {
    expect(await problemsOf({ 'rules.ts': text })).toEqual([
      'rules.ts: imports experiment.ts; this room may look into contract, notes, story, figures',
    ]);
  });

  it('goes round in no circle', async () => {
    expect(
      await problemsOf({
        'rules/a.ts': "import { b } from './b.js';",
        'rules/b.ts': "import { a } from './a.js';",
      }),
    ).toEqual([
      'rules/a.ts: imports itself by way of others',
      'rules/b.ts: imports itself by way of others',
    ]);
  });

  it('keeps kata.ts to data', async () => {
    const data = "export const kata = { title: 'await the class' }; // for ever";
    expect(await problemsOf({ 'kata.ts': data })).toEqual([]);
    expect(await problemsOf({ 'kata.ts': 'export async function experiment() {}' })).toEqual([
      "kata.ts: is data alone, and says 'async'; what happens is for experiment.ts",
    ]);
    expect(await problemsOf({ 'kata.ts': 'export const a = 1;\n'.repeat(251) })).toEqual([
      'kata.ts: has 251 lines, and may have 250',
    ]);
  });
});
