import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunRecord } from '../src/kata/run-record.js';
import { makeDesk, repository, type Desk } from './support/cli.js';
import { describeWith } from './support/requires.js';

/** Small enough for two busy cores; the figures are not what is tested. */
const small = ['--users', '200', '--io-ms', '20', '--rounds', '2'];

let desk: Desk;

beforeAll(async () => {
  desk = await makeDesk();
  await desk.plan('init', '--locale', 'es');
});
afterAll(() => desk.remove());

const journal = (...parts: string[]) => path.join(desk.folder, 'journal', ...parts);

describeWith('go', 'plan compare', () => {
  it('runs both interleaved, and writes a page with curves and questions', async () => {
    const { exitCode, data } = await desk.json('compare', 'kata-1', '--lang', 'node,go', ...small);
    const { record, comparison, page } = data as Told;
    expect(exitCode).toBe(0);
    expect(record.cases.map(({ implementation }) => implementation.language)).toEqual(
      Array.from({ length: 4 }, () => ['node', 'go']).flat(),
    );
    expect(record.cases.map(({ repetition }) => repetition)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
    expect(record.cases.every(({ verdict }) => verdict === 'holds')).toBe(true);
    expect(comparison.map(({ name }) => name)).toEqual(['one-core', 'all-cores']);
    for (const { ratios } of comparison) {
      expect(ratios).toMatchObject([{ language: 'go', to: 'node' }]);
      for (const { n, low, median, high } of ratios[0]?.ratios ?? []) {
        expect(n).toBeLessThanOrEqual(2);
        expect(low).toBeLessThanOrEqual(median);
        expect(median).toBeLessThanOrEqual(high);
      }
    }
    expect(page).toBe(journal('node-vs-go.md'));
    const text = await readFile(journal('node-vs-go.md'), 'utf8');
    expect(text).toContain('# Node vs Go');
    expect(text).toContain('Cuál fue el límite');
    expect(text).toContain('1. _¿');
    const pictures = (await readdir(journal('node-vs-go'))).sort();
    expect(pictures).toEqual(['kata-1-all-cores.svg', 'kata-1-one-core.svg']);
    for (const name of pictures) {
      expect(text).toContain(`](node-vs-go/${name})`);
      const svg = await readFile(journal('node-vs-go', name), 'utf8');
      expect(svg).toMatch(/^<svg [^>]*viewBox[^]*<\/svg>\n$/);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it('renews what it measured, and no word of the learner', async () => {
    const file = journal('node-vs-go.md');
    const before = await readFile(file, 'utf8');
    await writeFile(file, `${before.replace('1. _', '1. Go, por la memoria. _')}\nMío.\n`);
    const { exitCode } = await desk.plan('compare', 'kata-1', '--strategy', 'one-core', ...small);
    expect(exitCode).toBe(0);
    const after = await readFile(file, 'utf8');
    expect(after).toContain('1. Go, por la memoria. _');
    expect(after.endsWith('\nMío.\n')).toBe(true);
    expect(after).not.toContain('### all-cores');
    expect(after).toContain('### one-core');
  });

  it('gives another kata a part of its own on the same page', async () => {
    const words = ['kata-2', '--lang', 'node,go', '--strategy', 'lock', '--rounds', '1'];
    const { exitCode } = await desk.plan('compare', ...words, '--users', '5', '--requests', '100');
    expect(exitCode).toBe(0);
    const text = await readFile(journal('node-vs-go.md'), 'utf8');
    expect(text).toMatch(/<!-- plan:compare-kata-1 [^]*<!-- plan:compare-kata-2 /);
    expect(text).toContain('\nMío.\n');
  });

  it('puts a program of my own beside the reference, in the strategy that I name', async () => {
    const mine = path.join(repository, 'katas/kata-4-over-selling/twins/right-cte');
    const words = ['compare', 'kata-4', '--impl', mine, '--rounds', '2', '--buyers', '20'];
    const { stderr } = await desk.plan(...words, '--locale', 'en');
    expect(stderr).toContain('--strategy atomic');
    const { exitCode, data } = await desk.json(...words, '--strategy', 'atomic');
    const { record, comparison, page } = data as Told;
    expect(exitCode).toBe(0);
    expect(record.cases.map(({ implementation: { kind } }) => kind)).toEqual(
      Array.from({ length: 2 }, () => ['reference', 'own']).flat(),
    );
    expect(new Set(record.cases.map(({ slug }) => slug)).size).toBe(4);
    expect(comparison).toMatchObject([{ ratios: [{ language: 'right-cte', to: 'node' }] }]);
    expect(page).toBe(journal('node-vs-right-cte.md'));
  });

  it('puts two versions of a program of my own side by side, and no reference', async () => {
    const twins = path.join(repository, 'katas/kata-1-ten-thousand-requests/twins');
    const [mine, old] = ['right-chunked.js', 'right-but-slow.js'].map((one) =>
      path.join(twins, one),
    );
    const versions = ['--impl', mine ?? '', '--before', old ?? ''];
    const words = ['compare', 'kata-1', ...versions, ...small];
    const { exitCode, data } = await desk.json(...words);
    const { record, comparison, page, improvement, ticked } = data as Told;
    expect(exitCode).toBe(0);
    expect(record.cases.map(({ implementation }) => path.basename(implementation.path))).toEqual(
      Array.from({ length: 2 }, () => ['right-but-slow.js', 'right-chunked.js']).flat(),
    );
    expect(comparison).toMatchObject([
      { ratios: [{ language: 'right-chunked', to: 'right-but-slow' }] },
    ]);
    // Two rounds are too few to show anything, whatever they came to.
    expect(improvement).toMatchObject({ shown: false });
    expect(ticked).toEqual([]);
    expect(page).toBe(journal('right-but-slow-vs-right-chunked.md'));
    expect(await readFile(page, 'utf8')).toContain('¿Qué cambié');
    const { stdout } = await desk.plan(...words, '--locale', 'en', '--rounds', '1');
    expect(stdout).toContain('right-chunked ÷ right-but-slow');
    expect(stdout).toMatch(/p99/);
    const faults = async (...given: string[]) =>
      (await desk.plan('compare', 'kata-1', ...given, '--locale', 'en')).stderr;
    expect(await faults('--before', old ?? '')).toContain('--impl');
    expect(await faults(...versions, '--lang', 'node')).toContain('--lang');
    expect(await faults('--impl', mine ?? '', '--before', mine ?? '')).toContain('same');
  });

  it('says on a terminal what was the limit, in which ratio, and where it is written', async () => {
    const words = ['compare', 'kata-1', '--strategy', 'one-core', ...small, '--locale', 'en'];
    const { stdout } = await desk.plan(...words);
    expect(stdout).toContain('Go ÷ Node');
    expect(stdout).toContain('What was the limit');
    expect(stdout).toContain('journal/node-vs-go.md is written.');
  });

  it('needs a kata, two languages, and languages that are there', async () => {
    const fault = async (...words: string[]) => {
      const { exitCode, stderr } = await desk.plan('compare', ...words, '--locale', 'en');
      expect(exitCode).toBe(2);
      return stderr;
    };
    expect(await fault()).toContain('plan compare kata-1 --lang node,go');
    expect(await fault('kata-1', '--lang', 'go')).toContain('two languages');
    expect(await fault('kata-1', '--lang', 'go,go')).toContain('two languages');
    expect(await fault('kata-1', '--lang', 'node,cobol')).toContain('cobol');
    expect(await fault('kata-1', '--rounds', '0')).toContain('--rounds');
  });
});

interface Told {
  record: RunRecord;
  comparison: {
    name: string;
    ratios: { ratios: { n: number; low: number; median: number; high: number }[] }[];
  }[];
  page: string;
  improvement?: { shown: boolean };
  ticked?: string[];
}
