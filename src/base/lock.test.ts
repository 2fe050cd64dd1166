import { mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFolderOf, tryLock } from './lock.js';

const staleAfter = 400;
let base: string;
let target: string;

beforeEach(() => {
  base = mkdtempSync(path.join(os.tmpdir(), 'plan-lock-'));
  target = path.join(base, 'file');
});

afterEach(() => rmSync(base, { recursive: true }));

/** @returns milliseconds until it could be had */
async function untilHad(limit: number): Promise<number> {
  const begun = performance.now();
  await expect
    .poll(
      async () => {
        const unlock = await tryLock(target, staleAfter);
        await unlock?.();
        return unlock !== undefined;
      },
      { timeout: limit, interval: 10 },
    )
    .toBe(true);
  return performance.now() - begun;
}

it('takes over what a killed owner left, also where its time lies ahead', async () => {
  mkdirSync(lockFolderOf(target));
  const ahead = new Date(Date.now() + 60 * 60_000);
  utimesSync(lockFolderOf(target), ahead, ahead);
  expect(await untilHad(10_000)).toBeGreaterThan(staleAfter);
});

it('leaves one that is renewed to its owner, whatever its clock says', async () => {
  mkdirSync(lockFolderOf(target));
  const end = performance.now() + 4 * staleAfter;
  for (let ahead = 60_000; performance.now() < end; ahead += 1) {
    const time = new Date(Date.now() + ahead);
    utimesSync(lockFolderOf(target), time, time);
    expect(await tryLock(target, staleAfter)).toBeUndefined();
  }
});
