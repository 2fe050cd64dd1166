/**
 * What a change can touch: `npm run test:changed` runs that alone. A change is what differs from
 * main, be it committed or not; on main itself, what is not committed. `npm run test:changed -- HEAD~3`
 * compares with another commit.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Unit tests are found by their imports; those of the real binary know nothing of imports, so they
 * go by names: a file of tests is run where its name has a word of the path that was changed.
 * @returns {{ related: string[], files: string[], katas: string[] }} sources for `vitest related`,
 *   test files to run, and katas of which the twins are to be run
 */
export function changed(root, base) {
  return touchedBy(filesChanged(root, base), testsIn(root), katasIn(root));
}

export function touchedBy(paths, tests, katas) {
  const isTest = (file) => /^test\/[^/]+\.test\.ts$/.test(file);
  const related = paths.filter((file) => /^(?:src|katas)\/.*\.ts$/.test(file));
  const named = tests.filter((test) => {
    const words = wordsOf(path.basename(test, '.test.ts'));
    return paths.some(
      (file) => file.startsWith('src/') && wordsOf(file).some((word) => words.includes(word)),
    );
  });
  const ofKatas = katas.filter((kata) => paths.some((file) => file.startsWith(`katas/${kata}/`)));
  const alone = tests.filter((test) =>
    ofKatas.some((kata) => kata.startsWith(path.basename(test, '.test.ts'))),
  );
  const smoke = paths.some((file) => file.startsWith('src/')) ? ['test/run.test.ts'] : [];
  const twins = ofKatas.length > 0 ? ['test/twins.test.ts'] : [];
  const own = paths.filter((file) => isTest(file) && tests.includes(file));
  const files = [...new Set([...own, ...named, ...alone, ...smoke, ...twins])].sort();
  return { related, files, katas: ofKatas };
}

/** `src/lab/dead-letters/replay.ts` → dead, letters, replay; folders that hold everything say nothing. */
function wordsOf(file) {
  const nothing = new Set([
    'src',
    'lab',
    'base',
    'i18n',
    'report',
    'commands',
    'index',
    'ts',
    'test',
  ]);
  return file.split(/[/.-]/).filter((word) => word.length > 2 && !nothing.has(word));
}

function filesChanged(root, base) {
  const git = (...words) => spawnSync('git', words, { cwd: root, encoding: 'utf8' }).stdout;
  const from = base ?? (git('merge-base', 'HEAD', 'main').trim() || 'HEAD');
  const lines = [
    git('diff', '--name-only', from),
    git('ls-files', '--others', '--exclude-standard'),
  ];
  return [
    ...new Set(
      lines
        .join('\n')
        .split('\n')
        .filter((line) => line !== ''),
    ),
  ];
}

function testsIn(root) {
  return readdirSync(path.join(root, 'test'))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/${name}`);
}

function katasIn(root) {
  return readdirSync(path.join(root, 'katas'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'kit')
    .map(({ name }) => name);
}
