import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Interleaving, Ran } from '../src/kata/interleaving/index.js';
import { makeDesk, runJson, type Desk } from './support/cli.js';
import { describeWith } from './support/requires.js';

/** The first Python program has its packages installed. */
const patience = { timeout: 200_000 };
const fixtures = fileURLToPath(new URL('fixtures/explain', import.meta.url));

let desk: Desk;
beforeAll(async () => {
  desk = await makeDesk();
  await desk.plan('init');
  await desk.plan('services', 'up', 'postgres');
}, 60_000);
afterAll(async () => {
  await desk.plan('services', 'down');
  await desk.remove();
});

/** The picture of learners' programs, which differ in how they talk to the database. */
async function pictureOf(language: 'node' | 'python', name: string): Promise<Interleaving> {
  const folder = path.join(desk.folder, name);
  const own = language === 'node' ? ['shop.mjs'] : ['shop.py', 'requirements.txt'];
  const ending = language === 'node' ? 'mjs' : 'py';
  await mkdir(folder);
  for (const file of own) await cp(path.join(fixtures, language, file), path.join(folder, file));
  await cp(path.join(fixtures, language, `${name}.${ending}`), path.join(folder, `main.${ending}`));
  const words = ['kata-4', '--explain', '--act', 'rush', '--impl', `./${name}`];
  const { record } = await runJson(desk, ...words, '--buyers', '40', '--think-ms', '20');
  const [one] = record.cases;
  const picture = one?.interleaving;
  if (one === undefined || picture === undefined) throw new Error('there is no picture');
  expect(picture).toMatchObject({ about: 'witness', invariant: 'no-overselling' });
  const broken = one.findings.find(({ invariant }) => invariant === 'no-overselling');
  for (const lane of picture.lanes) {
    expect(broken?.witness?.story.en).toContain(lane.name);
    expect(lane.tie).toEqual({ by: 'value', value: lane.name });
  }
  expect(picture.lanes).toHaveLength(2);
  return picture;
}

/** What a lane did, in the order in which it began. */
function ranIn({ steps }: Interleaving, lane: number): Ran[] {
  return steps.filter((step): step is Ran => step.kind === 'ran' && step.lane === lane);
}

const words = (ran: readonly Ran[]): string[] => ran.map(({ text }) => text.split(' ')[0] ?? '');
const purchase = ['BEGIN', 'SELECT', 'UPDATE', 'INSERT', 'COMMIT'];

describe('plan run kata-4 --explain of a program in Node', patience, () => {
  it('follows prepared statements', async () => {
    const picture = await pictureOf('node', 'prepared');
    for (const lane of [0, 1]) {
      const ran = ranIn(picture, lane);
      expect(words(ran)).toEqual(purchase);
      expect(ran[1]).toMatchObject({ parameters: ['sku-1'], columns: ['quantity'], count: 1 });
    }
  });

  it('says what it cannot know where each statement has any connection of a pool', async () => {
    const picture = await pictureOf('node', 'pool');
    for (const lane of [0, 1]) expect(words(ranIn(picture, lane))).toEqual(['INSERT']);
    for (const { maybe = 0 } of picture.lanes) expect(maybe).toBeGreaterThan(10);
    expect(picture.moment).toBeUndefined();
    const { stdout } = await desk.plan('explain', '--locale', 'en');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('not all statements of these two are known');
  });
});

describeWith('venv', 'plan run kata-4 --explain of a program in Python', () => {
  it('follows the statements of psycopg', patience, async () => {
    const picture = await pictureOf('python', 'plain');
    for (const lane of [0, 1]) expect(words(ranIn(picture, lane))).toEqual(purchase);
  });

  it('follows a pipeline, whose answers come together', patience, async () => {
    const picture = await pictureOf('python', 'pipelining');
    for (const lane of [0, 1]) {
      const ran = ranIn(picture, lane);
      expect(words(ran)).toEqual(purchase);
      const [update, , commit] = ran.slice(2);
      expect(update?.to).toBeGreaterThanOrEqual(commit?.from ?? Infinity);
    }
  });

  it('knows who buys by the data of COPY', patience, async () => {
    const picture = await pictureOf('python', 'copying');
    for (const [lane, { name }] of picture.lanes.entries()) {
      const ran = ranIn(picture, lane);
      expect(words(ran)).toEqual(['BEGIN', 'SELECT', 'UPDATE', 'SELECT', 'COPY', 'COMMIT']);
      expect(ran[4]?.count).toBe(1);
      expect(ran[4]?.copied).toContain(`, ${name}, 1`);
    }
  });
});
