import { accessSync, chmodSync, constants, lstatSync, mkdirSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { foldersTexts } from '../i18n/folders.js';
import { texts } from '../i18n/text.js';

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

/** Where the state folder may be; makes nothing and costs nothing. */
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
  const place = home !== undefined && isUsable(home, modeOf(kind)) ? home : fallback(kind, home);
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

function fallback(kind: Kind, home: string | undefined): string {
  const place = fallbackFolder(kind);
  const base = path.dirname(place);
  const isFit = isUsable(base, 0o700) && isOursAlone(base) && isUsable(place, 0o700);
  const used = isFit ? place : unshared(kind);
  notices.push(texts(foldersTexts).fallback(home ?? '~', used));
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

function isUsable(place: string, mode: number): boolean {
  try {
    // The umask may take bits away from the mode, so chmod says it again.
    if (mkdirSync(place, { recursive: true, mode }) !== undefined) chmodSync(place, mode);
    accessSync(place, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isOursAlone(place: string): boolean {
  const stat = lstatSync(place);
  const { uid, mode } = stat;
  return stat.isDirectory() && uid === userId() && (mode & 0o077) === 0;
}

function userId(): number {
  return process.getuid?.() ?? os.userInfo().uid;
}
