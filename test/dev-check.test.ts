import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDesk, type Desk } from './support/cli.js';
import { isAlive, registered, registeredPids, until } from './support/processes.js';

/** What of its JSON is looked at here. */
interface Told {
  readonly proved: boolean;
  readonly katas: readonly {
    readonly texts: readonly { field: string; problem: string }[];
    readonly references: readonly Proof[];
    readonly twins: readonly Proof[];
  }[];
}

interface Proof {
  readonly name: string;
  readonly asWanted: boolean;
  readonly run?: string;
}

let desk: Desk;
beforeAll(async () => {
  desk = await makeDesk();
  expect((await desk.plan('new-kata', './lost-likes')).exitCode).toBe(0);
});
afterAll(() => desk.remove());

const check = async (...words: string[]) => {
  const { exitCode, data, stderr } = await desk.json('dev', 'check', ...words);
  return { exitCode, stderr, told: data as Told };
};

describe('plan dev check', () => {
  it('proves what was laid down, and keeps nothing of it', async () => {
    const { exitCode, told, stderr } = await check('./lost-likes');
    expect(told.proved, JSON.stringify(told, undefined, 2)).toBe(true);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('lost-likes: stores-nothing');
    const [kata] = told.katas;
    expect(kata?.references.map(({ name }) => name)).toEqual(['naive (node)', 'atomic (node)']);
    expect(kata?.twins).toHaveLength(4);
    const proofs = [...(kata?.references ?? []), ...(kata?.twins ?? [])];
    for (const { run } of proofs) expect(run).toBeUndefined();
  });

  it('proves a kata of several services as it was laid down', async () => {
    const made = await desk.plan('new-kata', './desks', '--roles', 'order,pay-desk,stock');
    expect(made.exitCode, made.stderr).toBe(0);
    expect(made.stdout).toContain('pay-desk/node/main.js');
    const { exitCode, told } = await check('./desks');
    expect(told.proved, JSON.stringify(told, undefined, 2)).toBe(true);
    expect(exitCode).toBe(0);
    const [kata] = told.katas;
    expect(kata?.references.map(({ name }) => name)).toEqual([
      'forgetful (node)',
      'careful (node)',
    ]);
    expect(kata?.twins).toHaveLength(4);
    for (const wrong of ['order', 'order,order', 'order,Pay', 'order,twins', 'order,go']) {
      const refused = await desk.plan('new-kata', './wrong', '--roles', wrong);
      expect(refused.exitCode).toBe(2);
      expect(refused.stderr).toContain('--roles order,payment');
    }
  }, 180_000);

  it('says what is not right: a text, a room, a reference, a twin', async () => {
    await desk.plan('new-kata', './spoilt');
    const change = async (file: string, before: string | RegExp, after: string): Promise<void> => {
      const place = path.join(desk.folder, 'spoilt', file);
      const text = await readFile(place, 'utf8');
      const changed = text.replace(before, after);
      expect(changed).not.toBe(text);
      await writeFile(place, changed);
    };
    await change('brief.es.md', /### 2[^]*$/, '');
    await change('brief.en.md', /`--fans`/g, 'fans');
    await change('brief.es.md', /^\| `--think-ms` /m, '| `--thinking` ');
    await change('kata.ts', "figure: 'lost'", "figure: 'gone'");
    const act = "act: { title: { en: 'a', es: 'a' }, breaks: ['no-like-gone'], covers: ['calm'] }";
    await change('kata.ts', '  columns: [', `  acts: { ${act} },\n  columns: [`);
    await change('node/main.js', 'likes = likes + 1', 'likes = likes + 2');
    await change('twins/stores-nothing.js', /[^]*/, "import './right-locks-the-row.js';");
    await writeFile(path.join(desk.folder, 'spoilt', 'scene.ts'), 'export const acts = 3;\n');
    const { exitCode, told } = await check('./spoilt');
    expect(exitCode).toBe(1);
    const [kata] = told.katas;
    expect(kata?.texts.map(({ field }) => field).sort()).toEqual([
      'acts.act.breaks',
      'acts.act.covers',
      'brief.en.md',
      'brief.es.md',
      'brief.es.md',
      'brief.es.md, brief.en.md',
      'brief.es.md, brief.en.md',
      'columns.1.figure',
      'scene.ts',
    ]);
    const proofs = [...(kata?.references ?? []), ...(kata?.twins ?? [])];
    const wrong = proofs.filter(({ asWanted }) => !asWanted);
    expect(wrong.map(({ name }) => name)).toEqual(['atomic (node)', 'stores-nothing']);
    // Their histories and logs are there to be read.
    for (const { run = '' } of wrong)
      expect(await readFile(path.join(run, 'history.jsonl'), 'utf8')).toContain('like');
    // The folder of all of them: below it the program, results, the kata, the time.
    const kept = path.resolve(wrong[0]?.run ?? '', '..', '..', '..', '..');
    expect(path.basename(kept)).toMatch(/^plan-proof-/);
    await rm(kept, { recursive: true });
  });

  it('says no more than it looked at, and of a slip in twins.json what mends it', async () => {
    const texts = await desk.plan('dev', 'check', './lost-likes', '--only', 'texts');
    expect(texts.stdout).toContain('Proved of it: texts.');
    await desk.plan('new-kata', './slips');
    const file = path.join(desk.folder, 'slips', 'twins', 'twins.json');
    const json = await readFile(file, 'utf8');
    await writeFile(file, json.replace('counts-twice', 'counts-thrice'));
    const missing = await desk.plan('dev', 'check', './slips', '--only', 'twins');
    expect(missing.exitCode).toBe(2);
    expect(missing.stderr).toContain('there is no program counts-thrice');
    expect(missing.stderr).toContain('there are counts-twice');
    expect(missing.stderr).toContain('counts-thrice.js');
    await writeFile(file, json.replace(/.*counts-twice.*\n/, ''));
    const unlisted = await desk.plan('dev', 'check', './slips', '--only', 'twins');
    expect(unlisted.stderr).toContain('add "counts-twice" to broken or right');
  });

  it('proves the texts of every kata of the lab', async () => {
    const { exitCode, told } = await check('--only', 'texts');
    expect(told.katas.flatMap(({ texts }) => texts)).toEqual([]);
    expect(told.katas.length).toBeGreaterThan(3);
    expect(exitCode).toBe(0);
  });

  it('ends what it started when it is interrupted', async () => {
    const stateHome = desk.env['XDG_STATE_HOME'] ?? '';
    const run = desk.start('dev', 'check', './lost-likes');
    const seen = new Set<number>();
    await until('a server and a program', () => {
      for (const pid of registeredPids(stateHome)) seen.add(pid);
      return seen.size >= 2;
    });
    run.kill('SIGINT');
    const { exitCode, stderr } = await run.finished;
    expect(exitCode, stderr).toBe(130);
    expect([...seen].filter(isAlive)).toEqual([]);
    expect(registered(stateHome)).toEqual([]);
  });

  it.each([
    [['chek'], 'bad-task'],
    [['check', '--only', 'words'], 'bad-option'],
    [['check', 'kata-444'], 'unknown-kata'],
    [['link'], 'needs-kata'],
  ])('refuses %j', async (words, code) => {
    const { exitCode, data } = await desk.json('dev', ...words);
    expect(exitCode).toBe(2);
    expect(data).toMatchObject({ error: { code } });
  });
});
