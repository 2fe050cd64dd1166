// Builds a reference in Node with one fault, as dist/main.mjs in the folder where it is called: fault.json
// says what stands there in place of what. Called as: node twin-node.mjs orders/node
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const kata = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [reference = ''] = process.argv.slice(2);
const faults = JSON.parse(readFileSync('fault.json', 'utf8'));
const done = new Set();

/** A reference that has moved on fails its twin: it would be right. */
function faulty(file, text) {
  let changed = text;
  for (const { from, to } of faults.filter((one) => one.file === path.basename(file))) {
    const parts = changed.split(from);
    if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${from}`);
    changed = parts.join(to);
    done.add(from);
  }
  return changed;
}

const folder = path.join(kata, reference);
await build({
  entryPoints: [path.join(folder, 'main.ts')],
  outfile: path.resolve('dist', 'main.mjs'),
  ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external' },
  plugins: [
    {
      name: 'fault',
      setup({ onLoad }) {
        onLoad({ filter: /\.ts$/ }, ({ path: file }) =>
          path.dirname(file) === folder
            ? { contents: faulty(file, readFileSync(file, 'utf8')), loader: 'ts' }
            : undefined,
        );
      },
    },
  ],
});
if (done.size !== faults.length) throw new Error('a fault is of a file that is not there');
