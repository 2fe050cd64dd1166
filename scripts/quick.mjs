/**
 * How `plan next` is built: see src/quick.ts. All that is in the file is read each time that it is
 * typed, so nothing may be in it that `plan next` does without.
 */
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const here = fileURLToPath(import.meta.url);

/** @returns what esbuild says of the modules that it took */
export async function buildQuick({ common, plugins, outfile }) {
  const { metafile } = await build({
    ...common,
    entryPoints: [path.join(common.absWorkingDir, 'src/quick.ts')],
    outfile,
    // One file, and no module: Node loads it in half the time.
    format: 'cjs',
    banner: { js: '(function (require, module, __dirname) {' },
    footer: { js: 'return module.exports; })' },
    plugins: [nothingLater, ...plugins],
    minify: true,
    sourcemap: false,
    metafile: true,
    define: { ...common.define, 'import.meta.dirname': '__dirname' },
  });
  return metafile;
}

/**
 * Puts beside the file in `dist` what this Node has made of it, which is to compile it. Another Node
 * takes no notice of that, and compiles it anew.
 */
export function cacheQuick(dist) {
  const away = mkdtempSync(path.join(os.tmpdir(), 'plan-quick-'));
  try {
    spawnSync(process.execPath, [here, path.join(dist, 'quick.cjs')], {
      cwd: away,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, XDG_STATE_HOME: away },
    });
  } finally {
    rmSync(away, { recursive: true, force: true });
  }
}

/** Without a progress.json and with one: what has run once need not be compiled again. */
function compile(file) {
  const script = new vm.Script(readFileSync(file, 'utf8'), { filename: file });
  const require = createRequire(file);
  const { quick } = script.runInThisContext()(require, { exports: {} }, path.dirname(file));
  for (const startedOn of [undefined, '2026-01-05']) {
    if (startedOn !== undefined)
      writeFileSync('progress.json', JSON.stringify({ schema: 1, startedOn }));
    if (!quick(['next'])) throw new Error('plan next could not be compiled ahead');
  }
  const aside = `${file}-${process.pid}`;
  writeFileSync(aside, script.createCachedData());
  renameSync(aside, path.join(path.dirname(file), 'quick.cache'));
}

/**
 * What is loaded later, such as the writer of progress.json, would be put into the same file, and what
 * it shares with the rest could not be left out any more.
 */
const nothingLater = {
  name: 'nothing-later',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ path: name, kind }) =>
      kind === 'dynamic-import' ? { path: name, external: true, sideEffects: false } : undefined,
    );
  },
};

if (process.argv[1] === here) compile(process.argv[2]);
