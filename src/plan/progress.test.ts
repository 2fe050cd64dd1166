import {
  chmodSync,
  existsSync,
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
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createProgress,
  isDone,
  itemOf,
  readProgress,
  setAsideProgress,
  tickItems,
  untickItems,
  updateProgress,
  type Progress,
} from './progress.js';

let root: string;
const file = () => path.join(root, 'progress.json');
const text = () => readFileSync(file(), 'utf8');
const beside = (kind: string) =>
  readdirSync(root).filter((name) => name.startsWith(`progress.json.${kind}-`));
const leftovers = () => readdirSync(root).filter((name) => /\.(?:tmp|lock)$/.test(name));

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'plan-progress-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('a fresh progress.json', () => {
  it('is made once and never over another', async () => {
    await createProgress(root, { startedOn: '2026-01-05', locale: 'es' });
    const first = text();
    expect(JSON.parse(first)).toEqual({
      schema: 1,
      startedOn: '2026-01-05',
      locale: 'es',
      items: {},
      katas: {},
    });
    await expect(createProgress(root)).rejects.toMatchObject({ code: 'progress-exists', exit: 4 });
    expect(text()).toBe(first);
  });

  it('is made by one of many who try at once', async () => {
    const tries = Array.from({ length: 8 }, (_, index) =>
      createProgress(root, { locale: `l${index}` }).then(
        () => 'made',
        (error: unknown) => (error as { code: string }).code,
      ),
    );
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => outcome === 'made')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'progress-exists')).toHaveLength(7);
    expect(leftovers()).toEqual([]);
  });

  it('is made where a link points that has no file yet', async () => {
    mkdirSync(path.join(root, 'elsewhere'));
    symlinkSync('elsewhere/mine.json', file());
    await createProgress(root);
    expect(lstatSync(file()).isSymbolicLink()).toBe(true);
    expect(readProgress(root).items).toEqual({});
    expect(existsSync(path.join(root, 'elsewhere', 'mine.json'))).toBe(true);
  });
});

describe('writing', () => {
  it('loses none of many changes at once', async () => {
    await createProgress(root);
    const ids = Array.from({ length: 20 }, (_, index) => `item-${index}`);
    await Promise.all(ids.map((id) => tickItems(root, [id], '2026-01-05')));
    expect(Object.keys(readProgress(root).items).toSorted()).toEqual(ids.toSorted());
    expect(leftovers()).toEqual([]);
  });

  it('writes nothing where nothing changed', async () => {
    const odd = '{"schema":1, "startedOn":null,\n"locale":null,"items":{},"katas":{}}';
    writeFileSync(file(), odd);
    await updateProgress(root, (progress) => ({ ...progress }));
    await untickItems(root, ['m1.b1.theory-1']);
    expect(text()).toBe(odd);
  });

  it('keeps the date and the evidence of what was ticked before', async () => {
    await createProgress(root);
    await tickItems(root, ['a'], '2026-01-05');
    await tickItems(root, ['a', 'b'], '2026-02-01');
    const { items } = readProgress(root);
    expect(items).toEqual({
      a: { date: '2026-01-05', evidence: { by: 'hand' } },
      b: { date: '2026-02-01', evidence: { by: 'hand' } },
    });
  });

  it('takes a tick back, and keeps what it does not know of the item', async () => {
    const evidence = { by: 'hand' };
    write({ items: { a: { date: null, evidence }, b: { date: null, evidence, note: 'mine' } } });
    await untickItems(root, ['a', 'b', 'c']);
    const progress = readProgress(root);
    expect(progress.items).toEqual({ b: { note: 'mine' } });
    expect(isDone(itemOf(progress, 'b'))).toBe(false);
    await tickItems(root, ['b'], '2026-01-05');
    expect(readProgress(root).items).toEqual({ b: { date: '2026-01-05', evidence, note: 'mine' } });
  });

  it('takes ids such as __proto__ and constructor for plain ids', async () => {
    await createProgress(root);
    await tickItems(root, ['__proto__', 'constructor'], '2026-01-05');
    const progress = readProgress(root);
    expect(Object.keys(progress.items)).toEqual(['__proto__', 'constructor']);
    expect(isDone(itemOf(progress, 'toString'))).toBe(false);
    await untickItems(root, ['__proto__']);
    expect(Object.keys(readProgress(root).items)).toEqual(['constructor']);
  });

  it('writes through a link and leaves it one', async () => {
    const target = path.join(root, 'elsewhere', 'mine.json');
    mkdirSync(path.dirname(target));
    writeFileSync(target, '{"schema":1}');
    symlinkSync(target, file());
    await tickItems(root, ['a'], '2026-01-05');
    expect(lstatSync(file()).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toContain('2026-01-05');
    expect(readdirSync(path.dirname(target))).toEqual(['mine.json']);
  });

  it.each([0o600, 0o640, 0o664])('keeps the mode %o', async (mode) => {
    await createProgress(root);
    chmodSync(file(), mode);
    await tickItems(root, ['a'], '2026-01-05');
    expect(statSync(file()).mode & 0o777).toBe(mode);
  });

  it('reads again what an editor saved meanwhile', async () => {
    await createProgress(root);
    let calls = 0;
    await updateProgress(root, (progress) => {
      calls += 1;
      if (calls === 1) write({ items: { edited: { date: null } } });
      return { ...progress, startedOn: '2026-01-05' };
    });
    expect(calls).toBe(2);
    expect(readProgress(root)).toMatchObject({ startedOn: '2026-01-05', items: { edited: {} } });
  });

  it('leaves the file and no temporary one where the change throws', async () => {
    await createProgress(root);
    const before = text();
    const change = (): Progress => {
      throw new Error('of the caller');
    };
    await expect(updateProgress(root, change)).rejects.toThrow('of the caller');
    expect(text()).toBe(before);
    expect(leftovers()).toEqual([]);
  });
});

describe('what cannot be understood', () => {
  const broken: [what: string, contents: string][] = [
    ['cut off', '{"schema":1,"items":{"a":{"da'],
    ['empty', ''],
    ['a list', '[]'],
    ['no version', '{"items":{}}'],
    ['a version in words', '{"schema":"one"}'],
    ['items as a number', '{"schema":1,"items":7}'],
    ['an item that is a word', '{"schema":1,"items":{"a":"done"}}'],
    ['a day that does not exist', '{"schema":1,"startedOn":"2026-02-30"}'],
    ['evidence without its run', '{"schema":1,"items":{"a":{"evidence":{"by":"run"}}}}'],
    ['katas as a list', '{"schema":1,"katas":[]}'],
    ['figures in words', '{"schema":1,"katas":{"kata-4":{"best":{"run":"r","p99":"fast"}}}}'],
    ['version 0 with a number for an id', '{"schema":0,"items":[1]}'],
    ['not even text', '\u0000\uFFFD'],
  ];

  it.each(broken)('is read without touching it: %s', (_what, contents) => {
    writeFileSync(file(), contents);
    expect(() => readProgress(root)).toThrow(expect.objectContaining({ exit: 4 }) as Error);
    expect(text()).toBe(contents);
    expect(readdirSync(root)).toEqual(['progress.json']);
  });

  it.each(broken)('is kept aside, once, and never written over: %s', async (_what, contents) => {
    writeFileSync(file(), contents);
    for (let again = 0; again < 3; again += 1)
      await expect(tickItems(root, ['a'], '2026-01-05')).rejects.toMatchObject({
        code: 'progress-unreadable',
        exit: 4,
        message: expect.stringContaining('progress.json.broken-') as string,
        mend: expect.stringContaining('plan init') as string,
      });
    expect(text()).toBe(contents);
    expect(beside('broken')).toHaveLength(1);
    expect(readFileSync(path.join(root, beside('broken')[0] ?? ''), 'utf8')).toBe(contents);
    expect(leftovers()).toEqual([]);
  });

  it('makes way for a fresh one when asked, and is kept', async () => {
    writeFileSync(file(), '{');
    const { file: kept } = await setAsideProgress(root);
    await createProgress(root);
    expect(readFileSync(kept, 'utf8')).toBe('{');
    expect(readProgress(root).items).toEqual({});
  });

  it('makes way where it is a folder', async () => {
    mkdirSync(file());
    writeFileSync(path.join(file(), 'inside'), 'mine');
    expect(() => readProgress(root)).toThrow(/folder/);
    await expect(tickItems(root, ['a'], '2026-01-05')).rejects.toMatchObject({
      code: 'progress-unreadable',
    });
    const [kept = ''] = beside('broken');
    expect(readFileSync(path.join(root, kept, 'inside'), 'utf8')).toBe('mine');
  });

  it('names the line', () => {
    writeFileSync(file(), '{\n  "schema": 1,\n  "items": {]\n}\n');
    expect(() => readProgress(root)).toThrow(/line 3/);
  });

  it('names the field', () => {
    writeFileSync(file(), '{"schema":1,"items":{"m1.b1.theory-1":{"date":"today"}}}');
    expect(() => readProgress(root)).toThrow(/items\.m1\.b1\.theory-1\.date.*YYYY-MM-DD/);
  });

  it('is text in another encoding than UTF-8, which a write would damage', async () => {
    const bytes = Buffer.from('{"schema":1,"name":"\u00d1u"}', 'latin1');
    writeFileSync(file(), bytes);
    await expect(tickItems(root, ['a'], '2026-01-05')).rejects.toMatchObject({
      code: 'progress-unreadable',
    });
    expect(readFileSync(file()).equals(bytes)).toBe(true);
  });

  it('is not what has a byte order mark', () => {
    writeFileSync(file(), '\uFEFF{"schema":1}');
    expect(readProgress(root).items).toEqual({});
  });

  it('is told apart from what is not there', () => {
    expect(() => readProgress(root)).toThrow(
      expect.objectContaining({ code: 'no-progress', mend: expect.any(String) as string }) as Error,
    );
  });
});

describe('other versions', () => {
  it('refuses a newer one without touching it', async () => {
    const newer = '{"schema": 2, "items": {"a": 1}}';
    writeFileSync(file(), newer);
    expect(() => readProgress(root)).toThrow(/newer/);
    await expect(tickItems(root, ['a'], '2026-01-05')).rejects.toMatchObject({
      code: 'progress-newer',
      exit: 4,
    });
    expect(text()).toBe(newer);
    expect(readdirSync(root)).toEqual(['progress.json']);
  });

  it.each([
    '{"schema":0,"startedOn":"2026-01-05","items":["a","b"],"mine":{"x":[1]}}',
    '{"items":["a","b"]}',
  ])('migrates an older one with a backup: %s', async (older) => {
    writeFileSync(file(), older);
    expect(Object.keys(readProgress(root).items)).toEqual(['a', 'b']);
    expect(text()).toBe(older);
    const { backup } = await tickItems(root, ['b', 'c'], '2026-02-01');
    expect(readFileSync(backup ?? '', 'utf8')).toBe(older);
    expect(beside('backup')).toEqual([path.basename(backup ?? '')]);
    const { mine } = JSON.parse(older) as { mine?: unknown };
    expect(JSON.parse(text())).toMatchObject({
      schema: 1,
      ...(mine === undefined ? {} : { mine }),
      items: {
        a: { date: null, evidence: { by: 'hand' } },
        b: { date: null, evidence: { by: 'hand' } },
        c: { date: '2026-02-01', evidence: { by: 'hand' } },
      },
    });
    await tickItems(root, ['d'], '2026-02-01');
    expect(beside('backup')).toHaveLength(1);
  });
});

function write(progress: Partial<Record<keyof Progress, unknown>>): void {
  writeFileSync(file(), JSON.stringify({ schema: 1, ...progress }));
}
