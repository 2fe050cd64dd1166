import { accessSync, constants, lstatSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { foldersTexts } from '../i18n/folders.js';
import { texts } from '../i18n/text.js';
import { makeOwnFolder, setMode } from './own-folder.js';
import { userId } from './user.js';

type Kind = 'cache' | 'state';

const chosen = new Map<Kind, string>();
const notices: string[] = [];

/** Binaries, initialised clusters, builds: all that can be made again. Made where it is missing. */
export function cacheFolder(): string {
  return folder('cache');
}

/** The register of what is running. Made where it is missing; closed to other users. */
export function stateFolder(): string {
  return folder('state');
}

/**
 * Where the state folder may be; makes nothing and costs nothing. Read what is in there by
 * `own-folder` alone: the second lies where anybody can make it.
 */
export function stateFolderCandidates(): readonly string[] {
  return [homeFolder('state'), fallbackFolder('state')].filter((place) => place !== undefined);
}

/** What is to be told of the choice of folders; each notice is given out once. */
export function takeFolderNotices(): string[] {
  return notices.splice(0);
}

function folder(kind: Kind): string {
  const known = chosen.get(kind);
  if (known !== undefined) return known;
  const home = homeFolder(kind);
  const unfit = home === undefined ? 'unwritable' : unfitness(home, modeOf(kind));
  const place = home !== undefined && unfit === undefined ? home : fallback(kind, home, unfit);
  chosen.set(kind, place);
  return place;
}

/** By the XDG base directory specification: a relative path in the variable is ignored. */
function homeFolder(kind: Kind): string | undefined {
  const given = process.env[kind === 'cache' ? 'XDG_CACHE_HOME' : 'XDG_STATE_HOME'];
  if (given !== undefined && path.isAbsolute(given)) return path.join(given, 'plan');
  const home = homeDirectory();
  if (home === undefined) return undefined;
  return path.join(home, ...(kind === 'cache' ? ['.cache'] : ['.local', 'state']), 'plan');
}

/** A user without an entry in passwd and without HOME has none. */
function homeDirectory(): string | undefined {
  try {
    const home = os.homedir();
    return path.isAbsolute(home) ? home : undefined;
  } catch {
    return undefined;
  }
}

function fallbackFolder(kind: Kind): string {
  return path.join(os.tmpdir(), `plan-${userId()}`, kind);
}

function fallback(kind: Kind, home: string | undefined, unfit: Unfit | undefined): string {
  const place = fallbackFolder(kind);
  const isFit = [path.dirname(place), place].every((one) => unfitness(one, 0o700) === undefined);
  const used = isFit ? place : unshared(kind);
  const t = texts(foldersTexts);
  notices.push(
    typeof unfit === 'object'
      ? t.foreign(home ?? '~', unfit.foreign, used)
      : t.fallback(home ?? '~', used),
  );
  return used;
}

/** Somebody else holds the name in the shared temporary folder, so take one that nobody can hold. */
function unshared(kind: Kind): string {
  return mkdtempSync(path.join(os.tmpdir(), `plan-${userId()}-${kind}-`));
}

/** Root's cache can be entered, not read: PostgreSQL runs as another user out of it. */
function modeOf(kind: Kind): number {
  return kind === 'cache' && userId() === 0 ? 0o711 : 0o700;
}

type Unfit = 'unwritable' | { readonly foreign: string };

/** Undefined where it is this user's alone, or could be made so, and can be written. */
function unfitness(place: string, mode: number): Unfit | undefined {
  try {
    const judged = makeOwnFolder(place, mode);
    if (judged.is === 'foreign') return { foreign: judged.at };
    if (judged.is === 'missing') return 'unwritable';
    accessSync(place, constants.R_OK | constants.W_OK | constants.X_OK);
    // Nobody needs to see who runs what here.
    if (mode === 0o700 && (lstatSync(place).mode & 0o077) !== 0) setMode(place, mode);
    return undefined;
  } catch {
    return 'unwritable';
  }
}
