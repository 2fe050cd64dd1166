import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Interleaving } from '../src/kata/interleaving/index.js';
import type { RunRecord } from '../src/kata/run-record.js';
import { makeDesk, runJson, type Desk } from './support/cli.js';
import { describeWith } from './support/requires.js';

/** The first Go build compiles the driver. */
const patience = { timeout: 400_000 };
const words = ['kata-4', '--explain', '--act', 'rush'];

let desk: Desk;
let record: RunRecord;

beforeAll(async () => {
  desk = await makeDesk();
  await desk.plan('init');
});
afterAll(() => desk.remove());

/** What each lane did, in the order in which it began. */
function done({ steps }: Interleaving, lane: number): string[] {
  return steps.flatMap((step) =>
    step.kind === 'ran' && step.lane === lane ? [step.text.split(' ')[0]?.toUpperCase() ?? ''] : [],
  );
}

/** The two of the witness, each known by its own name, with all that they did. */
function expectBoth(run: RunRecord): Interleaving {
  const [one] = run.cases;
  expect(one).toMatchObject({ explain: true, verdict: 'violated' });
  const picture = one?.interleaving;
  if (one === undefined || picture === undefined) throw new Error('there is no picture');
  expect(picture).toMatchObject({ about: 'witness', invariant: 'no-overselling' });
  const story = one.findings.find(({ invariant }) => invariant === 'no-overselling')?.witness?.story
    .en;
  expect(picture.lanes).toHaveLength(2);
  picture.lanes.forEach(({ name, tie }, lane) => {
    expect(story).toContain(name);
    expect(tie).toEqual({ by: 'value', value: name });
    expect(done(picture, lane)).toEqual(['BEGIN', 'SELECT', 'UPDATE', 'INSERT', 'COMMIT']);
  });
  return picture;
}

describe('plan run kata-4 --explain', patience, () => {
  it('runs one case, and draws the two of the witness with their statements', async () => {
    ({ record } = await runJson(desk, ...words));
    const picture = expectBoth(record);
    const select = picture.steps.find(
      (step) => step.kind === 'ran' && step.text.startsWith('SELECT'),
    );
    expect(select).toMatchObject({ parameters: ['sku-1'], columns: ['quantity'], count: 1 });
    const folder = path.join(desk.folder, record.folder);
    const file = path.join(folder, `${record.cases[0]?.slug}.statements.jsonl`);
    expect((await readFile(file, 'utf8')).split('\n').length).toBeGreaterThan(500);
  });

  it('shows it again, at 80 columns, in both languages', async () => {
    for (const locale of ['en', 'es']) {
      const { stdout, exitCode } = await desk.plan('explain', record.folder, '--locale', locale);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('SELECT quantity FROM stock');
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    }
    const { data } = await desk.json('explain');
    expect(data).toMatchObject({ kata: 'kata-4', interleaving: record.cases[0]?.interleaving });
  });

  it('is in the journal as a block of text', async () => {
    await desk.plan('doc', 'kata-4');
    const page = await readFile(path.join(desk.folder, 'journal', 'kata-4.md'), 'utf8');
    expect(page).toContain("WHERE sku = 'sku-1'");
  });

  it('says what is missing where nobody listened, and that it runs once', async () => {
    const other = await runJson(desk, 'kata-4', '--act', 'rush', '--strategy', 'atomic');
    const shown = await desk.plan('explain', other.record.folder);
    expect([shown.exitCode, shown.stderr]).toEqual([2, expect.stringContaining('--explain')]);
    const twice = await desk.plan('run', ...words, '--repeat', '2');
    expect(twice.exitCode).toBe(2);
  });
});

describeWith('go', 'plan run kata-4 --explain in go', () => {
  it('draws prepared statements of another driver alike', patience, async () => {
    const run = await runJson(desk, ...words, '--lang', 'go');
    expectBoth(run.record);
  });
});
