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

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
const aside = path.join(root, `.dist-${process.pid}`);

const katas = (await readdir(path.join(root, 'katas'), { withFileTypes: true }))
  .filter((entry) => existsSync(path.join(root, 'katas', entry.name, 'kata.ts')))
  .map((entry) => [`katas/${entry.name}/kata`, path.join(root, 'katas', entry.name, 'kata.ts')]);

// commander and chalk are on the way of every command: bundled they cost a third of the time.
const inBundle = new Set(['commander', 'chalk']);
// What commander needs for subcommands that are programs of their own, and chalk to find out what
// terminals can do. We have none, and say that ourselves; and merely to load either takes
// milliseconds, since it brings the network stack along.
const unused = [
  { from: 'commander', module: /^node:child_process$/ },
  { from: 'chalk', module: /^#supports-color$/ },
];

const packagesStayOutside = {
  name: 'packages-stay-outside',
  setup({ onResolve, onLoad }) {
    for (const { from, module } of unused)
      onResolve({ filter: module }, ({ path: name, importer }) =>
        isIn(importer, from) ? { path: name, namespace: 'unused' } : undefined,
      );
    onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
    onResolve({ filter: /^[^./#]/ }, ({ path: name, kind }) =>
      kind === 'entry-point' || inBundle.has(name) || path.isAbsolute(name)
        ? undefined
        : { path: name, external: true },
    );
  },
};

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

// CommonJS in one file: see src/quick.ts.
await build({
  ...common,
  entryPoints: [path.join(root, 'src/quick.ts')],
  outfile: path.join(aside, 'quick.cjs'),
  format: 'cjs',
  plugins: [packagesStayOutside],
  define: { ...common.define, 'import.meta.url': 'planUrl' },
  banner: { js: "const planUrl = require('node:url').pathToFileURL(__filename).href;" },
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

function isIn(importer, name) {
  return importer.includes(path.join(path.sep, 'node_modules', name, path.sep));
}

function unless(...codes) {
  return (error) => {
    if (!codes.includes(error.code)) throw error;
  };
}
