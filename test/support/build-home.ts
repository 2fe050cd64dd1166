import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { cacheHome } from './cli.js';
import { makeFolder, type TemporaryFolder } from './folder.js';

export interface BuildHome {
  /** Where builds are cached and processes registered: one for all tests of a file. */
  readonly home: string;
  /** Where a test's sources are. */
  readonly folder: TemporaryFolder;
}

/** For tests that build programs: a cache and a register of their own, and a folder for each. */
export function useBuildHome(): BuildHome {
  let home: TemporaryFolder;
  let folder: TemporaryFolder;
  beforeAll(async () => {
    home = await makeFolder();
    vi.stubEnv('XDG_CACHE_HOME', home.path);
    vi.stubEnv('XDG_STATE_HOME', home.path);
    // Go's own library is compiled once for all tests.
    vi.stubEnv('GOCACHE', path.join(cacheHome, 'go-build'));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await home.remove();
  });
  beforeEach(async () => {
    folder = await makeFolder();
  });
  afterEach(() => folder.remove());
  return {
    get home() {
      return home.path;
    },
    get folder() {
      return folder;
    },
  };
}
