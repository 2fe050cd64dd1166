import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProgress, readProgress, tickItems } from '../progress.js';

let root: string;
const file = () => path.join(root, 'progress.json');
const text = () => readFileSync(file(), 'utf8');
const leftovers = () => readdirSync(root).filter((name) => /\.(?:tmp|lock)$/.test(name));

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'plan-progress-lock-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('the lock of progress.json', () => {
  it('clears away what a killed writer left: its lock and its temporary file', async () => {
    await createProgress(root);
    const before = text();
    const lock = `${file()}.lock`;
    mkdirSync(lock);
    const anHourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(lock, anHourAgo, anHourAgo);
    writeFileSync(path.join(root, '.progress.json.0123456789ab.tmp'), before.slice(0, 20));
    expect(readProgress(root).items).toEqual({});
    const ids = Array.from({ length: 10 }, () => randomUUID());
    await Promise.all(ids.map((id) => tickItems(root, [id], '2026-01-05')));
    expect(Object.keys(readProgress(root).items).toSorted()).toEqual(ids.toSorted());
    expect(leftovers()).toEqual([]);
  });

  it('lets only one in where many find the lock of a killed writer', async () => {
    await createProgress(root);
    for (let round = 0; round < 12; round += 1) {
      const lock = `${file()}.lock`;
      mkdirSync(lock);
      const anHourAgo = new Date(Date.now() - 3_600_000);
      utimesSync(lock, anHourAgo, anHourAgo);
      // Two that hold it at once sweep away each other's temporary files, or each other's ticks.
      const ids = Array.from({ length: 10 }, () => randomUUID());
      await Promise.all(ids.map((id) => tickItems(root, [id], '2026-01-05')));
      expect(Object.keys(readProgress(root).items)).toEqual(expect.arrayContaining(ids));
    }
    expect(leftovers()).toEqual([]);
  });
});
