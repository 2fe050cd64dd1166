import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../src/kata/history.js';
import type { RunRecord } from '../src/kata/run-record.js';
import { makeDesk, runJson, type Desk } from './support/cli.js';
import { disarming, layDownFrozenKata, layDownHostileProgram } from './support/frozen-kata.js';

/** One run of a kata whose experiments are faults; each test looks at another side of it. */
let desk: Desk;
let record: RunRecord;
let history: HistoryEvent[];

beforeAll(async () => {
  desk = await makeDesk();
  await desk.plan('init');
  expect((await desk.plan('services', 'up', 'postgres')).exitCode).toBe(0);
  await layDownFrozenKata(desk.folder);
  const run = await runJson(desk, './frozen', '--seed', '7');
  expect(run.exitCode, run.stderr).toBe(0);
  record = run.record;
  const text = await readFile(path.join(desk.folder, record.folder, 'history.jsonl'), 'utf8');
  history = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryEvent);
});
afterAll(async () => {
  await desk.plan('services', 'down');
  await desk.remove();
});

function notes(index: number, f: string): unknown[] {
  return history.flatMap((event) =>
    event.type === 'note' && event.case === index && event.f === f ? [event.value] : [],
  );
}

describe('faults of the lab', () => {
  it('crash a program between two statements, and cut its COMMIT: the money tells', () => {
    expect(record.cases.map(({ verdict, figures }) => [verdict, figures['total']])).toEqual([
      ['violated', 1999],
      ['holds', 2000],
      ['holds', 2000],
      ['holds', 2000],
    ]);
  });

  it('are in the history, with what they hit and how they ended', () => {
    expect(notes(0, 'fault')).toMatchObject([{ n: 0, kind: 'freeze', target: 'accounts' }]);
    expect(notes(0, 'fault-reached')).toMatchObject([{ n: 0, pids: [expect.any(Number)] }]);
    expect(notes(0, 'fault-ended')).toEqual([{ n: 0, how: 'abandoned' }]);
    expect(notes(2, 'fault')).toMatchObject([{ n: 0, kind: 'hold', target: 'database' }]);
    expect(notes(2, 'fault-ended')).toEqual([{ n: 0, how: 'cut' }]);
  });

  it('prove nothing where the program has disarmed them, and the run says so', async () => {
    await layDownHostileProgram(desk.folder, 'disarming', disarming);
    const mine = ['--impl', './disarming', '--strategy', 'transaction', '--fault', 'freeze'];
    const run = await runJson(desk, './frozen', ...mine);
    expect(run.exitCode).toBe(3);
    const [one] = run.record.cases;
    expect(one?.verdict).toBe('inconclusive');
    expect(one?.findings.every(({ holds }) => holds)).toBe(true);
    expect(one?.coverage.filter(({ met }) => !met)).toMatchObject([
      { condition: 'experiment-armed' },
    ]);
  });

  it.each(['freeze', 'schedule'])(
    'are not to be blamed where the program has taken the tables away: %s',
    async (fault) => {
      await layDownHostileProgram(
        desk.folder,
        `dropping-${fault}`,
        'DROP TABLE IF EXISTS accounts',
      );
      const mine = ['--impl', `./dropping-${fault}`, '--strategy', 'transaction', '--fault', fault];
      const run = await runJson(desk, './frozen', ...mine);
      expect(run.exitCode).toBe(1);
      const [one] = run.record.cases;
      expect(one?.verdict).toBe('violated');
      const broken = one?.findings.find(({ invariant }) => invariant === 'leaves-the-tables');
      expect(broken?.witness?.story.en).toContain('table accounts is gone');
    },
  );

  it('follow a schedule that the seed fixes, and are drawn on a timeline', async () => {
    expect(notes(3, 'schedule-step')).toMatchObject([
      { what: 'delay' },
      { what: 'heal' },
      { what: 'cut' },
    ]);
    expect(notes(3, 'schedule-ended')).toEqual([{ carriedOut: 3, left: [3] }]);
    expect(record.cases[3]?.counts.unknown).toBeGreaterThan(0);
    const { timeline } = record.cases[3] ?? {};
    expect(timeline).toMatchObject({ scheduled: true });
    const { stdout } = await desk.plan('recheck', record.folder);
    expect(stdout).toMatch(/transaction, schedule: faults and answers, [\d.]+ ms a column/);
    expect(stdout).toMatch(/delay \(program\) +·*█+·*\n/);
    expect(stdout).toMatch(/cut \(program\) +·*█·*\n/);
    expect(stdout).toMatch(/no answer +[·▁-█]{60} {2}at most \d+\n/);
    expect((await desk.plan('doc', './frozen')).exitCode).toBe(0);
    const page = await readFile(path.join(desk.folder, 'journal', 'frozen.md'), 'utf8');
    expect(page).toMatch(/```text\ndelay \(program\)/);
  });
});

describe('plan replay', () => {
  let stored: RunRecord;
  beforeAll(async () => {
    ({ record: stored } = await runJson(desk, './frozen', '--strategy', 'naive', '--seed=7'));
  });

  it('says how often each outcome came back', async () => {
    const { exitCode, data, stderr } = await desk.json('replay', stored.folder, '--times', '2');
    expect(exitCode, stderr).toBe(0);
    const told = data as { runs: string[]; cases: object[] };
    expect(told).toMatchObject({ kata: 'frozen', seed: 7, times: 2, changed: [] });
    expect(told.cases).toMatchObject([
      { was: { verdict: 'violated', broken: ['money-is-conserved'] }, cameBack: 2, of: 2 },
    ]);
    const file = path.join(desk.folder, told.runs[1] ?? '', 'run.json');
    const command = ['run', './frozen', '--strategy', 'naive', '--json', '--seed', '7'];
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ seed: 7, command });
    const page = await readFile(path.join(path.dirname(file), 'report.html'), 'utf8');
    expect(page).toContain('money-is-conserved');
  });

  it('tells it in a table, and what has changed since', async () => {
    await appendFile(path.join(desk.folder, 'frozen', 'node', 'main.js'), '// changed');
    const { stdout, exitCode } = await desk.plan(
      ...['replay', stored.folder, '--times', '1', '--locale', 'es'],
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/naive-freeze-node +violado \(money-is-conserved\) +1 de 1/);
    expect(stdout).toContain('ya no es lo que era');
    expect(stdout).toContain('una frecuencia, no una promesa');
  });

  it.each([
    [['replay', 'nowhere'], 'no-such-run'],
    [['replay', 'results/frozen/latest', '--times', '0'], 'bad-option'],
    [['replay', 'results/frozen/latest', '--kata', './nowhere'], 'no-kata-there'],
  ])('%j is told why it cannot be', async (words, code) => {
    const { exitCode, stdout } = await desk.plan(...words, '--json');
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code } });
  });
});
