import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { useBuildHome } from '../../../test/support/build-home.js';
import { buildImplementation } from './build.js';
import { resolveImplementation } from './resolve.js';

const at = useBuildHome();

async function output(source: string): Promise<string> {
  await at.folder.write('index.ts', source);
  const implementation = await resolveImplementation({
    ...{ kataFolder: '/', own: '.', cwd: at.folder.path },
  });
  const { signal } = new AbortController();
  const { command, cwd } = await buildImplementation(implementation, { signal });
  const [file = '', ...words] = command;
  const { stdout } = await promisify(execFile)(file, words, { cwd });
  return stdout.trim();
}

describe('a program in Node', () => {
  it.each([
    [
      "import { fork } from 'node:child_process';",
      'fork(process.argv[1], [], { env: { AGAIN: "1" } })',
    ],
    [
      "import { fork } from 'child_process';",
      'fork(fileURLToPath(import.meta.url), [], { env: { AGAIN: "1" } })',
    ],
    [
      "import processes from 'node:child_process';",
      "processes.spawn(process.execPath, [process.argv[1]], { env: { AGAIN: '1' }, stdio: 'inherit' })",
    ],
    [
      "import { Worker } from 'node:worker_threads';",
      'new Worker(new URL(import.meta.url), { env: { AGAIN: "1" } })',
    ],
  ])('may start itself again, in TypeScript: %s %s', async (importing, starting) => {
    const source = `
      import { fileURLToPath } from 'node:url';
      ${importing}
      const again: boolean = process.env['AGAIN'] === '1';
      if (again) console.log('again');
      else ${starting}; fileURLToPath;`;
    expect(await output(source)).toBe('again');
  });
});
