import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { regions } from './markers.js';
import { writeJournal, type Page } from './write.js';

let root: string;
const file = () => path.join(root, 'journal', 'kata-4.md');
const template = regions
  .map((region) => `<!-- plan:${region} -->\n<!-- /plan:${region} -->\n`)
  .join('\n');

const pageWith = (results: string): Page => ({
  name: 'journal/kata-4.md',
  template,
  contents: { failure: 'f', implementation: 'i', code: 'c', results },
  words: { keptHead: (region) => `> kept ${region}`, appendedHead: '### measured' },
});

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'plan-journal-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('writeJournal', () => {
  it('makes the folder and the page, and leaves nothing else behind', async () => {
    const written = await writeJournal(root, pageWith('100'));
    expect(written).toMatchObject({ path: file(), created: true, renewed: regions });
    expect(readdirSync(path.dirname(file()))).toEqual(['kata-4.md']);
  });

  it('fills an empty file like a new one', async () => {
    mkdirSync(path.dirname(file()));
    writeFileSync(file(), '');
    expect((await writeJournal(root, pageWith('100'))).created).toBe(true);
  });

  it('does not touch a page that says the same', async () => {
    await writeJournal(root, pageWith('100'));
    const { mtimeNs, ino } = statSync(file(), { bigint: true });
    const again = await writeJournal(root, pageWith('100'));
    expect(again).toMatchObject({ created: false, renewed: [], unchanged: regions });
    expect(statSync(file(), { bigint: true })).toMatchObject({ mtimeNs, ino });
  });

  it('writes through a symbolic link and keeps the mode', async () => {
    const notes = path.join(root, 'notes.md');
    writeFileSync(notes, 'my notes\n');
    chmodSync(notes, 0o600);
    mkdirSync(path.dirname(file()));
    symlinkSync('../notes.md', file());
    await writeJournal(root, pageWith('100'));
    expect(lstatSync(file()).isSymbolicLink()).toBe(true);
    expect(readFileSync(notes, 'utf8')).toMatch(/^my notes\n\n### measured\n/);
    expect(statSync(notes).mode & 0o777).toBe(0o600);
  });

  it('keeps every line that others write at the same time', async () => {
    await writeJournal(root, pageWith('0'));
    await Promise.all(
      Array.from({ length: 10 }, async (_, n) => {
        const done = await writeJournal(root, pageWith(`figures ${n}`));
        expect(done.kept).toEqual([]);
      }),
    );
    const text = readFileSync(file(), 'utf8');
    expect(text.match(/figures \d/g)).toHaveLength(1);
    expect(readdirSync(path.dirname(file()))).toEqual(['kata-4.md']);
  });

  it('says what is in the way, and leaves it there', async () => {
    mkdirSync(file(), { recursive: true });
    await expect(writeJournal(root, pageWith('1'))).rejects.toMatchObject({
      code: 'journal-not-written',
      exit: 4,
    });
    rmSync(path.dirname(file()), { recursive: true });
    writeFileSync(path.dirname(file()), 'a file named journal');
    await expect(writeJournal(root, pageWith('1'))).rejects.toMatchObject({
      code: 'journal-not-written',
    });
    expect(readFileSync(path.dirname(file()), 'utf8')).toBe('a file named journal');
  });

  it('leaves a page in UTF-16 alone', async () => {
    mkdirSync(path.dirname(file()));
    const utf16 = Buffer.from('\uFEFFmis notas', 'utf16le');
    writeFileSync(file(), utf16);
    await expect(writeJournal(root, pageWith('1'))).rejects.toMatchObject({
      code: 'journal-encoding',
    });
    expect(readFileSync(file()).equals(utf16)).toBe(true);
  });
});
