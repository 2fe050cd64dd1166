import { existsSync } from 'node:fs';
import { lstat, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders } from '../../base/make-folders.js';
import { packageRoot } from '../../base/package.js';
import { newKataTexts } from '../../i18n/new-kata.js';
import { texts } from '../../i18n/text.js';
import { isOfTheLab } from '../../kata/discover.js';
import { layDownFiles, layDownTemplates, type Place } from './lay-down.js';
import { systemKataFiles } from './system-kata.js';

const packageName = 'plan-backend-lab';

interface LaidDown {
  /** Names, sorted. */
  readonly files: readonly string[];
  /** Whether editors find the types of the contract. */
  readonly hasTypes: boolean;
}

/**
 * A kata that runs as it is: a naive reference that fails and one that holds, briefs in both
 * languages, and broken twins.
 * @param roles of one of several services; left out, it has one program
 * @throws PlanError `not-empty` (exit 2), `not-writable` (exit 4)
 */
export async function layDownKata(place: Place, roles?: readonly string[]): Promise<LaidDown> {
  const id = idFrom(path.basename(place.folder));
  if (roles !== undefined) {
    const laidDown = await layDownFiles(place, await systemKataFiles(id, roles));
    return { files: laidDown, hasTypes: await linkTypes(place.folder) };
  }
  const text = { ...texts(newKataTexts).comments, id };
  const files = await layDownTemplates(place, ['kata'], {
    contract: [],
    routes: [],
    queue: '',
    blocks: [],
    text,
  });
  return { files, hasTypes: await linkTypes(place.folder) };
}

/**
 * Puts a link to this program where editors and compilers look for `plan-backend-lab/kata`, unless
 * they find it anyway. To run a kata it is not needed, so it may fail.
 * @returns whether editors find it now
 */
export async function linkTypes(folder: string): Promise<boolean> {
  if (isInstalledAbove(path.dirname(folder))) return true;
  const link = path.join(folder, 'node_modules', packageName);
  try {
    const old = await lstat(link).catch(() => undefined);
    if (old && !old.isSymbolicLink()) return true;
    makeFolders(path.dirname(link));
    await rm(link, { force: true });
    await symlink(packageRoot, link);
    return true;
  } catch {
    return false;
  }
}

function isInstalledAbove(folder: string): boolean {
  if (existsSync(path.join(folder, 'node_modules', packageName, 'package.json'))) return true;
  const parent = path.dirname(folder);
  return parent !== folder && isInstalledAbove(parent);
}

/** `./Lost likes` → `lost-likes`; a name that the lab keeps for itself gets another. */
function idFrom(folder: string): string {
  const plain = folder
    .normalize('NFD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return /^[a-z]/.test(plain) && !isOfTheLab(plain) ? plain : `my-${plain}`.replace(/-$/, '-kata');
}
