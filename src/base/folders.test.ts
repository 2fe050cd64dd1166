import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let base: string;

beforeEach(() => {
  base = mkdtempSync(path.join(os.tmpdir(), 'plan-folders-'));
  vi.resetModules();
  vi.stubEnv('TMPDIR', path.join(base, 'tmp'));
  mkdirSync(path.join(base, 'tmp'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(base, { recursive: true });
});

it('makes the XDG folders, the state closed to others', async () => {
  vi.stubEnv('XDG_CACHE_HOME', path.join(base, 'c'));
  vi.stubEnv('XDG_STATE_HOME', path.join(base, 's'));
  const { cacheFolder, stateFolder, takeFolderNotices } = await import('./folders.js');
  expect(cacheFolder()).toBe(path.join(base, 'c', 'plan'));
  expect(stateFolder()).toBe(path.join(base, 's', 'plan'));
  expect(statSync(stateFolder()).mode & 0o777).toBe(0o700);
  expect(statSync(cacheFolder()).mode & 0o066).toBe(0);
  expect(takeFolderNotices()).toEqual([]);
});

it('goes to the home folder where the variables are missing or relative', async () => {
  vi.stubEnv('HOME', base);
  vi.stubEnv('XDG_CACHE_HOME', 'relative');
  vi.stubEnv('XDG_STATE_HOME', '');
  const { cacheFolder, stateFolder } = await import('./folders.js');
  expect(cacheFolder()).toBe(path.join(base, '.cache', 'plan'));
  expect(stateFolder()).toBe(path.join(base, '.local', 'state', 'plan'));
});

it('falls back to a closed temporary folder and says so once', async () => {
  // Root may write everywhere, but not below a file.
  writeFileSync(path.join(base, 'file'), '');
  vi.stubEnv('XDG_STATE_HOME', path.join(base, 'file'));
  const { stateFolder, stateFolderCandidates, takeFolderNotices } = await import('./folders.js');
  const uid = process.getuid?.() ?? 0;
  const place = path.join(base, 'tmp', `plan-${uid}`, 'state');
  expect(stateFolder()).toBe(place);
  expect(stateFolder()).toBe(place);
  expect(statSync(path.dirname(place)).mode & 0o777).toBe(0o700);
  expect(stateFolderCandidates()).toContain(place);
  const notices = takeFolderNotices();
  expect(notices).toHaveLength(1);
  expect(notices[0]).toContain(place);
  expect(takeFolderNotices()).toEqual([]);
});

it('does not trust a temporary folder that others can write', async () => {
  writeFileSync(path.join(base, 'file'), '');
  vi.stubEnv('XDG_STATE_HOME', path.join(base, 'file'));
  const shared = path.join(base, 'tmp', `plan-${process.getuid?.() ?? 0}`);
  mkdirSync(shared);
  chmodSync(shared, 0o777);
  const { stateFolder } = await import('./folders.js');
  expect(stateFolder().startsWith(shared + path.sep)).toBe(false);
  expect(statSync(stateFolder()).mode & 0o777).toBe(0o700);
});
