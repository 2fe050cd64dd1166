/** What a verdict can depend on, so that a soak's results live as long as that stays as it is. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** Programs, experiment, checker, and what carries them; what is only told or shown is left out. */
const carries = ['src/base', 'src/history', 'src/kata', 'src/lab', 'src/register', 'src/services'];
const judges = [...carries, 'katas/kit', 'package-lock.json'];
const isTold = /(^|\/)(brief\.\w+\.md|notes\.ts)$|\.test\.ts$|\.histories\.ts$/;

/**
 * A short name for all that a kata's verdicts depend on.
 * @param folder of the kata, from the root
 * @param withTwins whether it is of its twins as well
 */
export function sourcesOf(folder, withTwins) {
  const twins = `${folder}/twins/`;
  const { stdout } = spawnSync(
    'git',
    ['ls-files', '-co', '--exclude-standard', ...judges, folder],
    {
      ...{ cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 },
    },
  );
  const hash = createHash('sha256');
  const names = stdout
    .split('\n')
    .filter((name) => name !== '' && !isTold.test(name))
    .filter((name) => withTwins || !name.startsWith(twins));
  for (const name of names.sort()) hash.update(`${name}\0`).update(contentOf(name)).update('\0');
  return hash.digest('hex').slice(0, 12);
}

/** Nothing of what was deleted and is still listed. */
function contentOf(name) {
  try {
    return readFileSync(path.join(root, name));
  } catch {
    return '';
  }
}
