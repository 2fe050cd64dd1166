import { realpathSync } from 'node:fs';
import path from 'node:path';
import { stateFolderCandidates } from '../base/folders.js';
import { isOwnFolder, namesInOwnFolder } from '../base/own-folder.js';

interface EntryFile {
  readonly file: string;
  readonly name: string;
}

/**
 * What lies in the register, of this user alone: one of the folders where it may be lies where
 * anybody can make it, and what is in there has processes killed and folders removed.
 */
export function entryFiles(): EntryFile[] {
  return stateFolderCandidates().flatMap((state) => {
    const folder = path.join(state, 'running');
    return namesInOwnFolder(folder)
      .sort()
      .map((name) => ({ file: path.join(folder, name), name }));
  });
}

/** The folders of this user alone in which kept servers are written down. */
export function keptFolders(): string[] {
  return stateFolderCandidates()
    .map((state) => path.join(state, 'kept'))
    .filter(isOwnFolder);
}

/**
 * True for what this program makes and removes whole: an instance of a server, and what is made
 * beside its place. Nothing else is ever removed, whatever an entry says, and only in a folder that
 * is this user's alone; where links lead on the way, the place they lead to counts.
 */
export function isFolderOfOurs(folder: string): boolean {
  const isPlain = path.isAbsolute(folder) && path.normalize(folder) === folder;
  const parent = path.dirname(folder);
  return (
    isPlain && isOwnFolder(parent) && isMade(path.join(realpathSync(parent), path.basename(folder)))
  );
}

function isMade(folder: string): boolean {
  const isInstance = /\/plan\b[^/]*\/(?:[^/]+\/)*[a-z]+\/instances\/\d+-[0-9a-f]{8}$/.test(folder);
  return isInstance || /\/making\.\d+\.\d+\.[0-9a-z]+-[0-9a-z]+\.[0-9a-f]{8}$/.test(folder);
}
