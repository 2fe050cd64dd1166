import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageFolders } from '../../../base/package.js';
import { isFile, isObject } from '../files.js';
import type { BuildJob, Language } from '../languages.js';
import { buildFailed } from '../build-failed.js';
import { referencePackages } from './node-packages.js';

const names = ['index', 'server', 'main'];
const extensions = ['.ts', '.mts', '.js', '.mjs', '.cjs'];
const bundleName = 'program.mjs';

/** TypeScript and JavaScript, bundled into one file and run by the Node that runs this program. */
export const node: Language = {
  title: 'Node',
  extensions: [...extensions, '.cts'],
  async findEntry(folder) {
    const usual = ['', 'src'].flatMap((below) =>
      names.flatMap((name) => extensions.map((extension) => path.join(below, name + extension))),
    );
    for (const name of [...(await mainOf(folder)), ...usual]) {
      const file = path.resolve(folder, name);
      if (await isFile(file)) return { file };
    }
    return undefined;
  },
  findToolchain: () =>
    Promise.resolve({ version: `Node ${process.versions.node}`, command: process.execPath }),
  async build({ folder, entry, output, kit, readFrom, ...job }: BuildJob) {
    if (entry === undefined) throw new Error('Node needs a file to begin with');
    // esbuild is loaded only where something is really built.
    const { bundle } = await import('./node-bundle.js');
    const outfile = path.join(output, bundleName);
    const bundled = (otherPackages: string[]) => bundle({ folder, entry, outfile, otherPackages });
    let result = await bundled([...packageFolders]);
    // A clone has them all; an installed `plan` has not what only some references need.
    if (result.kind === 'packages' && kit !== undefined)
      result = await bundled([...packageFolders, await referencePackages(kit, job)]);
    const { inputs, problems, kind } = result;
    if (problems.length > 0) throw buildFailed(folder, problems.join('\n'), kind);
    readFrom(inputs);
  },
  commandOf: ({ output, toolchain: { command } }) => [
    command,
    '--enable-source-maps',
    path.join(output, bundleName),
  ],
};

/** package.json may name a file that its own build has yet to make, with or without an ending. */
async function mainOf(folder: string): Promise<string[]> {
  try {
    const found: unknown = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    const main = isObject(found) ? found['main'] : undefined;
    if (typeof main !== 'string') return [];
    const endings = ['', ...extensions, ...extensions.map((extension) => `/index${extension}`)];
    return endings.map((ending) => main + ending);
  } catch {
    return [];
  }
}
