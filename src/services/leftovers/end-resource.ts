import { lstatSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { isOwnFolder } from '../../base/own-folder.js';
import { runningTexts } from '../../i18n/running.js';
import { texts } from '../../i18n/text.js';
import { removeContainer } from '../docker/end.js';
import { endPlace } from './end-place.js';
import { endProcess } from '../../register/end-process.js';
import type { Resource } from '../../register/entries.js';
import { isFolderOfOurs } from '../../register/places.js';

/** Ends one thing. Ending what is gone already is no problem. @returns why it could not be ended */
export async function endResource(resource: Resource): Promise<string | undefined> {
  switch (resource.kind) {
    case 'process':
      return (await endProcess(resource)) ? undefined : texts(runningTexts).stillRuns;
    case 'folder':
      return removeFolder(resource.path);
    case 'container':
      return removeContainer(resource);
    case 'place':
      return endPlace(resource);
  }
}

/** The register is closed to others, but a damaged path must never cost anybody their files. */
async function removeFolder(folder: string): Promise<string | undefined> {
  // A lock holds nothing, and what holds something is none.
  if (folder.endsWith('.lock')) return removeLock(folder);
  if (!isFolderOfOurs(folder)) return isGone(folder) ? undefined : texts(runningTexts).notOurs;
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  return undefined;
}

async function removeLock(folder: string): Promise<string | undefined> {
  if (isGone(folder)) return undefined;
  if (!isOwnFolder(path.dirname(folder))) return texts(runningTexts).notOurs;
  await rmdir(folder);
  return undefined;
}

function isGone(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false }) === undefined;
}
