/**
 * `npm run bench`: builds, then runs test/bench/*.bench.ts one after the other, each in a process
 * of its own. `npm run bench -- next` runs those whose name contains a word. Exit code 1 where a
 * limit is not kept.
 */
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const source = path.join(root, 'test/bench');
const words = process.argv.slice(2);
const names = readdirSync(source)
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort();
if (names.length === 0) {
  console.error(`No benchmark is named so: ${words.join(' ')}`);
  process.exit(2);
}

const built = spawnSync(process.execPath, [path.join(root, 'scripts/build.mjs')], {
  stdio: 'inherit',
});
if (built.status !== 0) process.exit(1);

// Below node_modules, so that packages are found from there.
const caches = path.join(root, 'node_modules/.cache');
mkdirSync(caches, { recursive: true });
const folder = mkdtempSync(path.join(caches, 'bench-'));
try {
  await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => path.join(source, name)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
    define: { 'import.meta.dirname': JSON.stringify(path.join(root, 'test/support')) },
  });
  tellMachine();
  const failed = names.filter((name) => {
    const file = path.join(folder, name.replace(/\.ts$/, '.mjs'));
    return spawnSync(process.execPath, [file], { cwd: root, stdio: 'inherit' }).status !== 0;
  });
  console.log(`\nLoad at the end: ${os.loadavg()[0].toFixed(2)}`);
  if (failed.length > 0) console.log(`Not as it should be: ${failed.join(', ')}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Figures of a busy machine mean little. */
function tellMachine() {
  const [cpu] = os.cpus();
  console.log(
    `${os.cpus().length} × ${cpu?.model ?? 'unknown CPU'}, Node ${process.versions.node}`,
  );
  console.log(`Load of the last minute: ${os.loadavg()[0].toFixed(2)} programs at work or waiting`);
}
