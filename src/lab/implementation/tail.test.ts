import { open } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, type TemporaryFolder } from '../../../test/support/folder.js';
import { tailOf } from './tail.js';

describe('the end of a log', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await makeFolder();
  });
  afterEach(() => folder.remove());

  it('is its last lines, with or without a line break at the end', async () => {
    const file = await folder.write('a.log', 'one\ntwo\r\nthree\n');
    expect(tailOf(file, 2)).toEqual(['two', 'three']);
    expect(tailOf(await folder.write('b.log', 'one\ntwo'), 5)).toEqual(['one', 'two']);
  });

  it('is empty where there is no log, or nothing in it', async () => {
    expect(tailOf(path.join(folder.path, 'none.log'), 3)).toEqual([]);
    expect(tailOf(await folder.write('empty.log', ''), 3)).toEqual([]);
  });

  it('moves no cursor and rings no bell', async () => {
    const file = await folder.write('a.log', '\u001b[31mred\u001b[0m\u0007\u001b[2J\tend\n');
    expect(tailOf(file, 1)).toEqual(['red\tend']);
  });

  it('cuts a line that fills the screen', async () => {
    const file = await folder.write('a.log', `${'x'.repeat(10_000)}\n`);
    expect(tailOf(file, 1)).toEqual([`${'x'.repeat(499)}…`]);
  });

  it('reads only the end of a log of eight gigabytes', async () => {
    const file = path.join(folder.path, 'huge.log');
    const log = await open(file, 'w');
    // A hole: it takes no room on the disk, and reading through it would take seconds.
    await log.write('\nlast but one\nlast\n', 8 * 1024 ** 3);
    await log.close();
    expect(tailOf(file, 2)).toEqual(['last but one', 'last']);
  });
});
