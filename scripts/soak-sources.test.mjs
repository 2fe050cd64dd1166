import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const kata = 'katas/kata-4';
const files = [
  ...[`${kata}/experiment.ts`, `${kata}/brief.en.md`, `${kata}/rules.test.ts`],
  ...[`${kata}/twins/sells-twice/index.js`, 'src/lab/run.ts', 'src/report/table.ts'],
];

/** A repository with the script in it, since it looks at the one that it lies in. */
let root;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'soak-sources-'));
  const script = path.join(import.meta.dirname, 'soak-sources.mjs');
  cpSync(script, path.join(root, 'scripts/soak-sources.mjs'));
  files.forEach(change);
  execFileSync('git', ['init', '-q'], { cwd: root });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function change(file) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  appendFileSync(path.join(root, file), 'a line\n');
}

async function sources() {
  const { sourcesOf } = await import(path.join(root, 'scripts/soak-sources.mjs'));
  return { cases: sourcesOf(kata, false), twins: sourcesOf(kata, true) };
}

describe('what results of a soak are of', () => {
  it.each([`${kata}/experiment.ts`, 'src/lab/run.ts'])(
    'is another once %s has changed',
    async (file) => {
      const before = await sources();
      change(file);
      const after = await sources();
      expect(after.cases).not.toBe(before.cases);
      expect(after.twins).not.toBe(before.twins);
    },
  );

  it.each([`${kata}/brief.en.md`, `${kata}/rules.test.ts`, 'src/report/table.ts'])(
    'is the same whatever %s says',
    async (file) => {
      const before = await sources();
      change(file);
      expect(await sources()).toEqual(before);
    },
  );

  it('is another for twins alone where a twin has changed', async () => {
    const before = await sources();
    change(`${kata}/twins/sells-twice/index.js`);
    const after = await sources();
    expect(after.cases).toBe(before.cases);
    expect(after.twins).not.toBe(before.twins);
  });
});
