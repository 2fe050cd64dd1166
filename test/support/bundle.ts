import { build } from 'esbuild';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';

export interface Bundle {
  /** For `node`. */
  readonly file: string;
  remove(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../..');

/** A program for a process of its own. @param source path from the repository's root */
export async function bundle(source: string): Promise<Bundle> {
  // Below node_modules, so that packages are found from there.
  const caches = path.join(root, 'node_modules/.cache');
  await mkdir(caches, { recursive: true });
  const folder = await mkdtemp(path.join(caches, 'test-'));
  const file = path.join(folder, 'program.mjs');
  await build({
    entryPoints: [path.join(root, source)],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return { file, remove: () => rm(folder, { recursive: true }) };
}
