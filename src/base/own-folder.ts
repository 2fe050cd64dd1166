import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  type Stats,
} from 'node:fs';
import path from 'node:path';
import { errorCode } from './errors.js';
import { isOthersGroup, userId } from './user.js';

/**
 * What a place is to this user. `own`: a real folder of his, and neither it nor any folder on the
 * way to it can be changed by somebody else. Whoever could change one of them could put another in
 * its place at any moment, so that no look at the last one would be worth anything; where nobody
 * can, what was looked at stays what is used.
 */
export type Judged =
  | { readonly is: 'own' | 'missing' }
  /** @see at the folder, file or link that is not this user's alone */
  | { readonly is: 'foreign'; readonly at: string };

export function judgeFolder(place: string): Judged {
  const judged = judgeWay(place);
  if (judged.is !== 'own') return judged;
  const stat = lstatSync(place, { throwIfNoEntry: false });
  const isMine = stat?.isDirectory() === true && stat.uid === userId() && !canOthersWrite(stat);
  return isMine ? judged : { is: 'foreign', at: place };
}

export function isOwnFolder(place: string): boolean {
  return judgeFolder(place).is === 'own';
}

/** The names in a folder that is this user's alone; none where it is not, or is missing. */
export function namesInOwnFolder(folder: string): string[] {
  try {
    return isOwnFolder(folder) ? readdirSync(folder) : [];
  } catch {
    return [];
  }
}

/**
 * Makes a folder, and those on the way that are missing, where nobody else can interfere.
 * @throws the file system's own error
 */
export function makeOwnFolder(place: string, mode: number): Judged {
  const before = judgeFolder(place);
  if (before.is !== 'missing') return before;
  const way = makeWay(path.dirname(place), mode);
  if (way.is === 'foreign') return way;
  makeOne(place, mode);
  return judgeFolder(place);
}

/**
 * The text of a file that is this user's and that nobody else may write.
 * @throws the file system's own error; EPERM where it is somebody else's, or no file
 */
export function readOwnFile(file: string): string {
  // Neither through a link nor, for good, at the end of a pipe.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const open = openSync(file, flags);
  try {
    const stat = fstatSync(open);
    if (!stat.isFile() || stat.uid !== userId() || canOthersWrite(stat)) throw notOwn(file);
    return readFileSync(open, 'utf8');
  } finally {
    closeSync(open);
  }
}

function notOwn(file: string): Error {
  return Object.assign(new Error(`${file} is not this user's alone`), { code: 'EPERM' });
}

function makeWay(folder: string, mode: number): Judged {
  const judged = judgeWay(folder);
  const parent = path.dirname(folder);
  if (judged.is !== 'missing' || parent === folder) return judged;
  const way = makeWay(parent, mode);
  if (way.is === 'foreign') return way;
  makeOne(folder, mode);
  return judgeWay(folder);
}

function makeOne(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return;
    throw error;
  }
  setMode(folder, mode);
}

/** The umask may have taken bits away. Through no link, and of nothing that is somebody else's. */
export function setMode(folder: string, mode: number): void {
  const open = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    const stat = fstatSync(open);
    if (stat.uid === userId() && (stat.mode & 0o777) !== mode) fchmodSync(open, mode);
  } finally {
    closeSync(open);
  }
}

/** More links than that are a circle. */
const mostLinks = 40;

/** Every folder and link on the way is this user's or root's, and nobody else may write there. */
function judgeWay(place: string): Judged {
  let rest = partsOf(place);
  let at = path.parse(place).root;
  let links = 0;
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    const next = path.join(at, name);
    const stat = lstatSync(next, { throwIfNoEntry: false });
    if (stat === undefined) return { is: 'missing' };
    if (!isTrusted(stat)) return { is: 'foreign', at: next };
    if (stat.isSymbolicLink()) {
      links += 1;
      if (links > mostLinks) return { is: 'foreign', at: next };
      const target = readlinkSync(next);
      if (path.isAbsolute(target)) at = path.parse(target).root;
      rest = [...partsOf(target), ...rest];
    } else {
      // A file, where no folder can be.
      if (!stat.isDirectory()) return { is: 'missing' };
      if (!isShut(stat)) return { is: 'foreign', at: next };
      at = next;
    }
  }
  return { is: 'own' };
}

function partsOf(place: string): string[] {
  return place.split(path.sep).filter((part) => part !== '' && part !== '.');
}

function isTrusted({ uid }: Stats): boolean {
  return uid === userId() || uid === 0;
}

/** In a sticky folder, as /tmp is, nobody renames or removes what is not his own. */
function isShut(stat: Stats): boolean {
  return (stat.mode & 0o1000) !== 0 || !canOthersWrite(stat);
}

function canOthersWrite({ mode, gid }: Stats): boolean {
  return (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && isOthersGroup(gid));
}
