/**
 * Builds the program under dist/: one bundle with shared chunks, one module a kata, found by its
 * folder's name, the contract of katas with its types for those who write one elsewhere, and
 * `plan next` once more in a file of its own.
 */
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { packagesStayOutside } from './packages.mjs';
import { buildQuick, cacheQuick } from './quick.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
const aside = path.join(root, `.dist-${process.pid}`);

const katas = (await readdir(path.join(root, 'katas'), { withFileTypes: true }))
  .filter((entry) => existsSync(path.join(root, 'katas', entry.name, 'kata.ts')))
  .map((entry) => [`katas/${entry.name}/kata`, path.join(root, 'katas', entry.name, 'kata.ts')]);

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
  define: { PLAN_VERSION: JSON.stringify(version) },
};

await build({
  ...common,
  entryPoints: Object.fromEntries([
    ['main', path.join(root, 'src/main.ts')],
    ['kata', path.join(root, 'src/kata/index.ts')],
    ...katas,
  ]),
  outdir: aside,
  splitting: true,
  format: 'esm',
  chunkNames: 'chunks/[name]-[hash]',
  banner: {
    js: "import { createRequire as planCreateRequire } from 'node:module'; const require = planCreateRequire(import.meta.url);",
  },
  plugins: [packagesStayOutside],
});

await buildQuick({
  common,
  plugins: [packagesStayOutside],
  outfile: path.join(aside, 'quick.cjs'),
});

// What runs in the browser: see src/commands/ui.ts.
await build({
  ...common,
  entryPoints: [path.join(root, 'src/browser/live.ts')],
  outdir: path.join(aside, 'browser'),
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  minify: true,
  sourcemap: false,
});

declareTypes(path.join(aside, 'types'));
await writeFile(path.join(aside, 'package.json'), '{"type":"module"}\n');
// Reading YAML would cost each command more than all the rest.
for (const [made, source] of [
  ['curriculum.json', 'fixtures/plan.yaml'],
  ['notes.json', 'fixtures/notes/index.yaml'],
]) {
  const data = parse(await readFile(path.join(root, source), 'utf8'));
  await writeFile(path.join(aside, made), JSON.stringify(data));
}
await putInPlace(aside, path.join(root, 'dist'));
cacheQuick(path.join(root, 'dist'));

/**
 * What `plan-backend-lab/kata` exports, for editors. An installation without the tools of
 * development has no compiler; there katas run all the same.
 */
function declareTypes(outDir) {
  const compiler = path.join(root, 'node_modules/typescript/lib/tsc.js');
  if (!existsSync(compiler)) return;
  const options = {
    declaration: true,
    emitDeclarationOnly: true,
    noCheck: true,
    strict: true,
    target: 'es2023',
    module: 'esnext',
    moduleResolution: 'bundler',
    types: 'node',
    rootDir: path.join(root, 'src'),
    outDir,
  };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const contract = path.join(root, 'src/kata/index.ts');
  const { status } = spawnSync(process.execPath, [compiler, '--ignoreConfig', ...flags, contract], {
    stdio: 'inherit',
    cwd: root,
  });
  if (status !== 0) throw new Error('the types of the contract could not be written');
}

/** Two renames, so that a command that starts meanwhile hardly ever finds nothing. */
async function putInPlace(made, place) {
  const old = `${made}-old`;
  await rename(place, old).catch(unless('ENOENT'));
  await rename(made, place).catch(async (error) => {
    unless('ENOTEMPTY', 'EEXIST')(error);
    // Another build was quicker by a moment; it made the same.
    await rm(made, { recursive: true });
  });
  await rm(old, { recursive: true, force: true });
}

function unless(...codes) {
  return (error) => {
    if (!codes.includes(error.code)) throw error;
  };
}
