import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Loader, Plugin } from 'esbuild';

/**
 * A bundled file no longer knows where it stood, so one that reads `schema.sql` beside itself
 * would look for it in the cache. Every file that asks for its place is told the true one.
 */
export const definitions = {
  'import.meta.url': 'planUrl',
  'import.meta.dirname': 'planDirname',
  'import.meta.filename': 'planFilename',
  __dirname: 'planDirname',
  __filename: 'planFilename',
  'require.main': 'planMain',
};

const asksForItsPlace =
  /\bimport\.meta\.(?:url|dirname|filename)\b|\b__(?:dirname|filename)\b|\brequire\.main\b/;

export function placesOfSources(entry: string): Plugin {
  return {
    name: 'places-of-sources',
    setup(plugin) {
      plugin.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async ({ path: file }) => {
        const source = await readFile(file, 'utf8');
        if (!asksForItsPlace.test(source)) return undefined;
        // On the first line and without a line break, so that every line keeps its number.
        const contents = places(file, entry) + source.replace(/^(\uFEFF)?(#![^\n]*)?/, '');
        return { contents, loader: loaderOf(file) };
      });
    },
  };
}

/** The line as the learner wrote it, for messages. */
export function withoutPlaces(line: string): string {
  return line.replace(/^var planDirname = .*?\/\* plan \*\/ /, '');
}

function places(file: string, entry: string): string {
  // Only a CommonJS file asks for require.main, and only there `module` exists.
  const main = file === entry ? "typeof module === 'undefined' ? undefined : module" : 'undefined';
  const values = {
    planDirname: JSON.stringify(path.dirname(file)),
    planFilename: JSON.stringify(file),
    planUrl: JSON.stringify(pathToFileURL(file).href),
    planMain: main,
  };
  const declared = Object.entries(values).map(([name, value]) => `${name} = ${value}`);
  return `var ${declared.join(', ')}; /* plan */ `;
}

function loaderOf(file: string): Loader {
  const extension = path.extname(file).replace(/^\.[cm]?/, '');
  return extension === 'ts' || extension === 'tsx' || extension === 'jsx' ? extension : 'js';
}
