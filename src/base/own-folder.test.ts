import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../../test/support/requires.js';
import { isOwnFolder, judgeFolder, makeOwnFolder, readOwnFile } from './own-folder.js';

let base: string;
let folder: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'plan-own-')));
  folder = path.join(base, 'a', 'plan');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
});

afterEach(() => rmSync(base, { recursive: true }));

it('takes a folder of this user that nobody else can write, and one reached through links', () => {
  expect(judgeFolder(folder)).toEqual({ is: 'own' });
  symlinkSync('a', path.join(base, 'relative'));
  symlinkSync(path.join(base, 'relative'), path.join(base, 'absolute'));
  expect(isOwnFolder(path.join(base, 'absolute', 'plan'))).toBe(true);
  expect(judgeFolder(path.join(base, 'absolute', 'none'))).toEqual({ is: 'missing' });
});

it('takes no link for the folder itself, no file, and no circle of links', () => {
  symlinkSync(folder, path.join(base, 'link'));
  symlinkSync('circle', path.join(base, 'circle'));
  writeFileSync(path.join(base, 'file'), '');
  for (const name of ['link', 'file', 'circle', 'circle/plan'])
    expect(isOwnFolder(path.join(base, name)), name).toBe(false);
});

it('takes no folder that others can write, at any level, but for a sticky one on the way', () => {
  const above = path.dirname(folder);
  chmodSync(above, 0o777);
  expect(judgeFolder(folder)).toEqual({ is: 'foreign', at: above });
  chmodSync(above, 0o1777);
  expect(isOwnFolder(folder)).toBe(true);
  chmodSync(folder, 0o1777);
  expect(judgeFolder(folder)).toEqual({ is: 'foreign', at: folder });
});

it('makes a folder and its way with the mode, whatever the umask', () => {
  const place = path.join(base, 'b', 'c', 'plan');
  expect(makeOwnFolder(place, 0o711)).toEqual({ is: 'own' });
  expect(statSync(place).mode & 0o777).toBe(0o711);
  expect(statSync(path.dirname(place)).mode & 0o777).toBe(0o711);
});

it('reads a file of this user, no link, no pipe, and none that others can write', () => {
  const file = path.join(folder, 'entry');
  writeFileSync(file, 'text', { mode: 0o600 });
  expect(readOwnFile(file)).toBe('text');
  symlinkSync(file, path.join(folder, 'link'));
  expect(() => readOwnFile(path.join(folder, 'link'))).toThrow('ELOOP');
  expect(spawnSync('/bin/sh', ['-c', 'mkfifo "$0"', path.join(folder, 'pipe')]).status).toBe(0);
  expect(() => readOwnFile(path.join(folder, 'pipe'))).toThrow('alone');
  chmodSync(file, 0o666);
  expect(() => readOwnFile(file)).toThrow('alone');
});

describeWith('root', 'with folders of another user', () => {
  const other = 65_534;

  it('takes none of them, at any level, nor a link of theirs, nor makes anything there', () => {
    const above = path.dirname(folder);
    chownSync(folder, other, other);
    expect(judgeFolder(folder)).toEqual({ is: 'foreign', at: folder });
    chownSync(folder, 0, 0);
    chownSync(above, other, other);
    expect(judgeFolder(folder)).toEqual({ is: 'foreign', at: above });
    expect(makeOwnFolder(path.join(above, 'new'), 0o700)).toEqual({ is: 'foreign', at: above });
    expect(existsSync(path.join(above, 'new'))).toBe(false);
    chownSync(above, 0, 0);
    const linked = path.join(base, 'linked');
    expect(spawnSync('ln', ['-s', above, linked]).status).toBe(0);
    expect(spawnSync('chown', ['-h', String(other), linked]).status).toBe(0);
    expect(judgeFolder(path.join(linked, 'plan'))).toEqual({ is: 'foreign', at: linked });
  });

  it('reads no file of theirs, wherever it lies', () => {
    const file = path.join(folder, 'entry');
    writeFileSync(file, 'text', { mode: 0o600 });
    chownSync(file, other, other);
    expect(() => readOwnFile(file)).toThrow('alone');
  });

  it('takes a group for nobody else only where it is this one user’s', () => {
    chownSync(folder, 0, other);
    chmodSync(folder, 0o775);
    expect(isOwnFolder(folder)).toBe(false);
    chownSync(folder, 0, 0);
    expect(isOwnFolder(folder)).toBe(true);
  });
});
