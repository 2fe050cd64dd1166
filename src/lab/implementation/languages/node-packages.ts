import { createHash } from 'node:crypto';
import { copyFile, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders } from '../../../base/make-folders.js';
import { cacheFolder } from '../../../base/folders.js';
import { implementationTexts } from '../../../i18n/implementation.js';
import { texts } from '../../../i18n/text.js';
import { prune, putInPlace, touched } from '../kept-builds.js';
import type { BuildJob } from '../languages.js';
import { runTool } from './toolchain.js';

const keptFolders = 2;
const files = ['package.json', 'package-lock.json'];

type Job = Pick<BuildJob, 'signal' | 'onProgress'>;

/**
 * What the references of some katas need and `plan` itself does not, as an SDK for traces: installed
 * once, in the cache, when one of them is first built.
 * @param kit with package.json and package-lock.json
 * @returns the folder of the packages
 * @throws PlanError `build-failed` with npm's own words
 */
export async function referencePackages(kit: string, { signal, onProgress }: Job): Promise<string> {
  const wanted = await Promise.all(files.map((name) => readFile(path.join(kit, name), 'utf8')));
  const folders = path.join(cacheFolder(), 'node-packages');
  const name = createHash('sha256').update(wanted.join('\n')).digest('hex').slice(0, 32);
  const place = path.join(folders, name);
  const packages = path.join(place, 'node_modules');
  if (await touched(place)) return packages;
  onProgress?.(texts(implementationTexts).installing('package.json'));
  const aside = `${place}.${process.pid}.aside`;
  try {
    makeFolders(aside);
    for (const file of files) await copyFile(path.join(kit, file), path.join(aside, file));
    await runTool({
      command: 'npm',
      args: ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'],
      folder: aside,
      signal,
      kindOf: () => 'reference-packages',
    });
    await putInPlace(aside, place);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  await prune(folders, keptFolders);
  return packages;
}
