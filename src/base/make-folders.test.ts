import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeFolders } from './make-folders.js';

let place: string;

beforeEach(() => {
  place = mkdtempSync(path.join(os.tmpdir(), 'plan-folders-'));
});
afterEach(() => {
  rmSync(place, { recursive: true });
});

describe('makeFolders', () => {
  test('makes all that is missing, with the mode that is asked for', () => {
    const folder = path.join(place, 'a', 'b');
    expect(makeFolders(folder, 0o700)).toBe(path.join(place, 'a'));
    expect([path.dirname(folder), folder].map((one) => statSync(one).mode & 0o777)).toEqual([
      0o700, 0o700,
    ]);
  });

  test('leaves what is there as it is', () => {
    const folder = path.join(place, 'a');
    mkdirSync(folder, 0o750);
    expect(makeFolders(folder, 0o700)).toBeUndefined();
    expect(statSync(folder).mode & 0o777).toBe(0o750);
  });

  test('says what is in the way', () => {
    const file = path.join(place, 'file');
    writeFileSync(file, '');
    expect(() => makeFolders(file)).toThrow('EEXIST');
    expect(() => makeFolders(path.join(file, 'below'))).toThrow('ENOTDIR');
  });

  test.runIf(existsSync('/proc/self'))(
    'comes back where the system denies that a folder is there',
    () => {
      expect(() => makeFolders('/proc/plan/cache')).toThrow('ENOENT');
    },
  );
});
