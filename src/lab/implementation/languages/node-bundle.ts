import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { build, type Message } from 'esbuild';
import type { FailureKind } from '../build-failed.js';
import { belongsToThisProject, isBuildFailure, told } from '../esbuild-words.js';
import { isFromDisk, itself, startsItselfAgain } from './node-itself.js';
import { definitions, placesOfSources } from './node-places.js';

interface BundleJob {
  readonly folder: string;
  readonly entry: string;
  readonly outfile: string;
  /** Where packages are found that the learner has not installed. */
  readonly otherPackages: readonly string[];
}

interface Bundled {
  /** Absolute paths of all that went in. */
  readonly inputs: readonly string[];
  /** In the compiler's words, each with its file and line. */
  readonly problems: readonly string[];
  readonly kind: FailureKind;
}

export async function bundle(job: BundleJob): Promise<Bundled> {
  const { folder, outfile, otherPackages } = job;
  // The compiler names files by their true places.
  const entry = await realpath(job.entry);
  try {
    const { metafile } = await build({
      absWorkingDir: folder,
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: `node${process.versions.node}`,
      // Stack traces show the learner's own lines.
      sourcemap: 'linked',
      sourcesContent: false,
      metafile: true,
      nodePaths: [...otherPackages],
      define: definitions,
      banner: { js: bannerFor(entry) },
      plugins: [placesOfSources(entry), startsItselfAgain],
      logLevel: 'silent',
      ...(belongsToThisProject(entry) && { tsconfigRaw: {} }),
    });
    const inputs = Object.keys(metafile.inputs)
      .filter(isFromDisk)
      .map((file) => path.resolve(folder, file));
    return { inputs, problems: [], kind: 'sources' };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return { inputs: [], problems: error.errors.map(told), kind: kindOf(error.errors) };
  }
}

/** A bundle in the cache behaves as if it stood where the sources stand. */
function bannerFor(entry: string): string {
  return [
    "import { createRequire as planCreateRequire } from 'node:module';",
    `const require = planCreateRequire(${JSON.stringify(entry)});`,
    ...itself(entry),
  ].join(' ');
}

function kindOf(errors: readonly Message[]): FailureKind {
  if (errors.some(({ text }) => text.includes('".node" files'))) return 'native';
  // A missing file of one's own begins with a dot or a slash; anything else is a package.
  const missing = errors.some(({ text }) => /^Could not resolve "[^./]/.test(text));
  return missing ? 'packages' : 'sources';
}
