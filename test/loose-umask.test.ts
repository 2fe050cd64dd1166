import { execa } from 'execa';
import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDesk, planBinary, type Desk } from './support/cli.js';
import { everything } from './support/everything.js';

/** What the second lets through the first does, too. */
const masks = [
  ['0000', 0o022, 0],
  ['0002', 0o002, 0o020],
] as const;

let desk: Desk;

beforeAll(async () => {
  desk = await makeDesk();
});

afterAll(() => desk.remove());

/** Everything below a folder that is no link. */
function below(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => !lstatSync(file).isSymbolicLink());
}

describe('with a umask that lets everybody write', () => {
  it.each(everything ? masks : masks.slice(0, 1))(
    '%s: nothing is made that others may change',
    async (umask, closed, open) => {
      const commands = [
        `umask ${umask}`,
        `"$0" init`,
        `"$0" run kata-0 --strategy database --orders 2`,
        `"$0" new kata-0 --lang node ./mine-${umask}`,
        `"$0" doc kata-0`,
      ];
      const { exitCode } = await execa('sh', ['-c', commands.join(' && '), planBinary], {
        ...{ cwd: desk.folder, extendEnv: false, reject: false },
        env: { ...desk.env, XDG_CACHE_HOME: path.join(desk.folder, `.cache-${umask}`) },
      });
      expect(exitCode).toBe(0);
      const files = below(desk.folder);
      expect(files.length).toBeGreaterThan(20);
      expect(files.filter((file) => (lstatSync(file).mode & closed) !== 0)).toEqual([]);
      const mine = path.join(desk.folder, `mine-${umask}`);
      expect(lstatSync(mine).mode & 0o020).toBe(open);
    },
  );
});
