import { accessSync, chmodSync, constants, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeFolders } from '../../base/make-folders.js';
import { exitCodes, PlanError } from '../../base/errors.js';
import { cacheFolder } from '../../base/folders.js';
import { makeOwnFolder, setMode } from '../../base/own-folder.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import { serviceTitles, type ServiceName } from '../../kata/services.js';
import type { ServiceUser } from './user.js';

/**
 * Where a service's binaries, templates and instances live. For an ordinary user the cache folder;
 * for root a folder that only root can write and that the service's user can reach, which root's
 * home is not.
 * @throws PlanError `no-cluster-folder` (exit 4)
 */
export function serviceHome(
  service: ServiceName,
  user: ServiceUser | undefined,
  onProgress: (text: string) => void,
): string {
  if (user === undefined) return made(path.join(cacheFolder(), service), 0o700);
  const places = placesForRoot();
  const place = places.find((candidate) => isFit(candidate, user));
  const t = texts(servicesTexts);
  if (place === undefined) {
    throw new PlanError({
      code: 'no-cluster-folder',
      exit: exitCodes.environment,
      what: t.noClusterFolder(serviceTitles[service], user.name, places.join(', ')),
      mend: t.noClusterFolderMend,
    });
  }
  if (place === temporaryPlace()) onProgress(t.temporaryClusters(serviceTitles[service], place));
  return made(path.join(place, service), 0o755);
}

function placesForRoot(): string[] {
  const shared = process.platform === 'darwin' ? '/Library/Caches' : '/var/cache';
  return [cacheFolder(), path.join(shared, 'plan'), temporaryPlace()];
}

function temporaryPlace(): string {
  return path.join(os.tmpdir(), 'plan-0-clusters');
}

function isFit(place: string, user: ServiceUser): boolean {
  try {
    if (!isReachable(path.dirname(place), user)) return false;
    // Whoever can write here could put a program of his own under root's hands.
    if (makeOwnFolder(place, 0o711).is !== 'own') return false;
    if (!mayEnter(place, user)) setMode(place, 0o711);
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function isReachable(folder: string, user: ServiceUser): boolean {
  if (!mayEnter(folder, user)) return false;
  const parent = path.dirname(folder);
  return parent === folder || isReachable(parent, user);
}

/** A folder that is not there yet will be made as one that can be entered. */
function mayEnter(folder: string, { uid, gid }: ServiceUser): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return true;
  const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
  return (stat.mode & bit) !== 0;
}

function made(folder: string, mode: number): string {
  if (makeFolders(folder, mode) !== undefined) chmodSync(folder, mode);
  return folder;
}
