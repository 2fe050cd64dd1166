import { existsSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { packageFolders } from '../../base/package.js';
import { belongsToThisProject, isBuildFailure, told } from '../implementation/esbuild-words.js';
import { placesOfSources, definitions } from '../implementation/languages/node-places.js';
import * as contract from '../../kata/index.js';

/** What a kata from outside imports the contract as; see `exports` in package.json. */
const contractName = 'plan-backend-lab/kata';

/** Where a loaded kata finds the contract of the program that runs it, and not a copy of it. */
const handedOver = Symbol.for('plan-backend-lab/kata');
Object.defineProperty(globalThis, handedOver, { value: contract, configurable: true });

export type Bundled =
  | { readonly code: string; readonly problems?: undefined }
  /** In the compiler's words, each with its file and line. */
  | { readonly problems: readonly string[]; readonly lacksPackage: boolean };

/** A kata.ts with all that it imports, as one module that needs nothing beside it. */
export async function bundleKata(entry: string): Promise<Bundled> {
  const folder = path.dirname(entry);
  try {
    const { outputFiles } = await build({
      absWorkingDir: folder,
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: `node${process.versions.node}`,
      sourcemap: 'inline',
      sourcesContent: false,
      // So that the map names the true files, wherever the bundle lies.
      sourceRoot: `${folder}/`,
      outfile: path.join(folder, 'kata.mjs'),
      nodePaths: [...packageFolders],
      define: definitions,
      banner: {
        js: `import { createRequire as planCreateRequire } from 'node:module'; const require = planCreateRequire(${JSON.stringify(entry)});`,
      },
      plugins: [theContract, placesOfSources(entry)],
      logLevel: 'silent',
      ...((belongsToThisProject(entry) || !existsSync(path.join(folder, 'tsconfig.json'))) && {
        tsconfigRaw: {},
      }),
    });
    return { code: outputFiles[0]?.text ?? '' };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const lacksPackage = error.errors.some(({ text }) => /^Could not resolve "[^./]/.test(text));
    return { problems: error.errors.map(told), lacksPackage };
  }
}

/** Its names are spelt out, so that the compiler tells a mistyped import with its line. */
const theContract: Plugin = {
  name: 'the-contract',
  setup(plugin) {
    plugin.onResolve({ filter: /^plan-backend-lab\/kata$/ }, () => ({
      path: contractName,
      namespace: 'contract',
    }));
    plugin.onLoad({ filter: /.*/, namespace: 'contract' }, () => {
      const names = Object.keys(contract).join(', ');
      const from = `globalThis[Symbol.for(${JSON.stringify(contractName)})]`;
      return { contents: `const { ${names} } = ${from};\nexport { ${names} };` };
    });
  },
};
