import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makeDesk, repository, type Desk } from './support/cli.js';

let desk: Desk;
beforeEach(async () => {
  desk = await makeDesk();
});
afterEach(() => desk.remove());

const briefOf = (locale: string) =>
  readFileSync(path.join(repository, `katas/kata-4-over-selling/brief.${locale}.md`), 'utf8');
const hintsOf = (locale: string) => briefOf(locale).match(/^### \d+$/gm)?.length ?? 0;

describe('plan show', () => {
  it.each(['es', 'en'])(
    'shows the brief in %s, without hints, and what to type',
    async (locale) => {
      const { exitCode, stdout } = await desk.plan('show', 'kata-4', '--locale', locale);
      expect(exitCode).toBe(0);
      const [title = ''] = briefOf(locale).split('\n');
      expect(stdout.startsWith(title.replace('# ', ''))).toBe(true);
      expect(stdout).toContain('POST /purchases');
      expect(stdout).toContain('plan run kata-4 --impl');
      expect(stdout).toContain('--think-ms 5');
      expect(stdout).toContain(`${hintsOf(locale)} ${locale === 'es' ? 'pistas' : 'hints'}`);
      expect(stdout).not.toContain('40001');
      // Without a terminal: no colours, and lines that fit most screens.
      expect(stdout).not.toContain('\u001B');
      const prose = stdout.split('\n').filter((line) => !line.startsWith('    '));
      expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(80);
    },
  );

  it('shows one hint, says how many there are, and where the next one is', async () => {
    const { stdout } = await desk.plan('show', 'kata-4', '--hint', '1', '--locale', 'en');
    expect(stdout).toContain(`Hint 1 of ${hintsOf('en')}`);
    expect(stdout).toContain('plan show kata-4 --hint 2');
    expect(stdout).not.toContain('POST /purchases');
    const last = await desk.plan('show', 'kata-4', '--hint', String(hintsOf('en')));
    expect(last.stdout).toContain('That was the last hint.');
  });

  it.each(['0', '99', 'one', '-1', '1.5'])('refuses the hint %s', async (hint) => {
    const { exitCode, stderr } = await desk.plan('show', 'kata-4', `--hint=${hint}`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`from 1 to ${hintsOf('en')}, not '${hint}'`);
  });

  it('honours the width that it is told', async () => {
    const narrow = await makeDesk({ COLUMNS: '50' });
    const { stdout } = await narrow.plan('show', 'kata-4');
    await narrow.remove();
    const prose = stdout.split('\n').filter((line) => !line.startsWith('    '));
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(50);
  });

  it('gives machines the brief as Markdown and the options with their limits', async () => {
    const { data } = await desk.json('show', 'kata-4');
    expect(data).toMatchObject({
      id: 'kata-4',
      languages: ['node', 'go'],
      hints: hintsOf('en'),
      briefLocale: 'en',
    });
    const { options, brief } = data as { options: { name: string }[]; brief: string };
    expect(options.find(({ name }) => name === 'buyers')).toMatchObject({
      flag: '--buyers',
      default: 100,
      min: 1,
    });
    expect(brief).toContain('## Contract');
    expect(brief).not.toContain('## Hints');
    const hint = await desk.json('show', 'kata-4', '--hint', '2');
    expect(hint.data).toMatchObject({ hint: { number: 2 } });
    expect(hint.data).not.toHaveProperty('brief');
  });

  it('suggests the nearest kata', async () => {
    const { exitCode, stderr } = await desk.plan('show', 'katta-4');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('kata-4');
  });
});

describe('plan show of theory', () => {
  const told = async (...words: string[]) => {
    const { exitCode, stdout, stderr } = await desk.plan('show', ...words);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    return stdout;
  };

  it.each([
    ['en', 'The CAP theorem', 'Where it bites', 'When you have read it'],
    ['es', 'El teorema CAP', 'Dónde duele', 'Cuando lo hayas leído'],
  ])('opens a note in %s, and ends with how to tick it', async (locale, title, bites, end) => {
    const note = await told('cap', '--locale', locale);
    expect(note.startsWith(title)).toBe(true);
    expect(note).toContain(bites);
    expect(note).toContain('plan run kata-0');
    expect(note).toMatch(new RegExp(`${end}: .plan check m2\\.b1\\.theory-4.$`));
    expect(note).not.toContain('\u001B');
    const lines = note.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.length).toBeLessThanOrEqual(46);
  });

  it('opens it by alias, label and item id, and a kata by its item id', async () => {
    const cap = await told('cap');
    for (const name of ['teorema-cap', 'CAP theorem', 'm2.b1.theory-4'])
      expect(await told(name)).toBe(cap);
    expect(await told('Ack/Nack')).toBe(await told('acks'));
    expect(await told('m2.b1.kata-4')).toBe(await told('kata-4'));
  });

  it('opens the notes of a block that the plan has no resources for', async () => {
    expect(await told('m5.b2.theory-3')).toMatch(/^Distributed tracing\n[^]*traceparent/);
    expect(await told('slo', '--locale', 'es')).toMatch(/presupuesto de errores/);
    const { data } = await desk.json('show', 'm5.b2.theory-1');
    const katas = [{ id: 'kata-13', isInLab: true }];
    expect(data).toMatchObject({ item: 'm5.b2.theory-1', slug: 'structured-logs', katas });
  });

  it('gives machines the note as Markdown, its katas and resources', async () => {
    const { exitCode, data } = await desk.json('show', 'isolation-levels', '--locale', 'es');
    expect(exitCode).toBe(0);
    expect(data).toMatchObject({
      item: 'm2.b1.theory-2',
      slug: 'isolation-levels',
      label: 'Isolation levels',
      weeks: [5, 6],
      noteLocale: 'es',
      katas: expect.arrayContaining([{ id: 'kata-4', isInLab: true }]) as unknown,
      resources: expect.arrayContaining([
        { id: 'resources.persistence.1', label: 'PostgreSQL Isolation Levels (docs oficiales)' },
      ]) as unknown,
      commands: expect.arrayContaining(['plan check m2.b1.theory-2']) as unknown,
    });
    expect((data as { note: string }).note).toContain('## Qué es');
  });

  it('opens a note beside the plan, which nothing ticks', async () => {
    const note = await told('p99', '--locale', 'en');
    expect(note).toMatch(/^Percentiles\n[^]*coordinated omission/i);
    expect(note).not.toContain('plan check');
    const { data } = await desk.json('show', 'redis-streams', '--locale', 'es');
    expect(data).toMatchObject({ item: null, slug: 'redis-streams', weeks: [9, 10] });
    expect((data as { commands: string[] }).commands).toEqual([
      'plan run kata-7',
      'plan run kata-8',
    ]);
  });

  it('alone lists every name, as text and as data', async () => {
    const all = await told();
    expect(all).toMatch(/ kata-4 +Over-selling/);
    expect(all).toMatch(/ cap +CAP theorem/);
    const { data } = await desk.json('show');
    const { katas, notes } = data as { katas: { id: string }[]; notes: { slug: string }[] };
    expect(katas.map(({ id }) => id)).toContain('kata-4');
    const files = readdirSync(path.join(repository, 'fixtures/notes'));
    expect(notes).toHaveLength(files.filter((name) => name.endsWith('.en.md')).length);
    expect(notes.map(({ slug }) => slug)).toContain('chaos-engineering');
    for (const { slug } of notes) expect(all).toContain(slug);
  });

  it.each([
    ['the nearest note', ['capp'], /'capp'[^]*plan show cap\?/],
    ['the nearest kata', ['katta-4'], /plan show kata-4\?/],
    ['every name, where a number is unknown', ['kata-44'], /'kata-44'[^]*plan show lists/],
    ['every name, where none is near', ['qwertyuiop'], /plan show lists/],
    ['what is only to be ticked', ['final.1'], /final\.1[^]*plan checklist/],
    ['that theory has no hints', ['cap', '--hint', '1'], /--hint is for katas/],
    ['that hints need a kata', ['--hint', '1'], /--hint is for katas/],
  ])('otherwise names %s', async (_, words, complaint) => {
    const { exitCode, stdout, stderr } = await desk.plan('show', ...words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(complaint);
  });

  it('names in its notes only strategies and options that the katas of the lab have', async () => {
    const { data } = await desk.json('show');
    const notes = (data as { notes: { slug: string }[] }).notes.map(({ slug }) =>
      readFileSync(path.join(repository, `fixtures/notes/${slug}.en.md`), 'utf8'),
    );
    for (const { id } of (data as { katas: { id: string }[] }).katas) {
      const { stdout: help } = await desk.plan('run', id, '--help');
      for (const word of notes.flatMap((note) => optionsTyped(note, id)))
        expect([id, help]).toEqual([id, expect.stringContaining(word)]);
    }
  });
});

/** `plan run kata-2 --strategy lock   why`: the options that a note types, and their values in words. */
function optionsTyped(note: string, kata: string): string[] {
  const lines = [...note.matchAll(new RegExp(`plan run ${kata} (.*)`, 'g'))];
  return lines.flatMap(([, words = '']) => {
    const [typed = ''] = words.split(/ {2,}/);
    return [...typed.matchAll(/--[a-z-]+|(?<= )[a-z-]+/g)].map(([word]) => word);
  });
}

describe('plan list', () => {
  it('works without progress.json', async () => {
    const { exitCode, stdout } = await desk.plan('list');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('plan init');
    expect(stdout).toMatch(/kata-4 +Over-selling +month 2, weeks 5-6 +node, go +postgres/);
    // All katas of the plan are in the lab.
    expect(stdout).toMatch(/kata-13 /);
    expect(stdout).not.toContain('not in the lab yet');
  });

  it('shows ticks', async () => {
    await desk.plan('init');
    await desk.plan('check', 'kata-4', 'kata-13');
    const { stdout } = await desk.plan('list');
    expect(stdout).toMatch(/✔ +kata-4 /);
    expect(stdout).toMatch(/✔ +kata-13 /);
    const { data } = await desk.json('list');
    const { katas } = data as { katas: { id: string }[] };
    expect(katas.find(({ id }) => id === 'kata-4')).toMatchObject({
      inLab: true,
      done: true,
      evidence: 'hand',
      last: null,
    });
    expect(katas.find(({ id }) => id === 'kata-13')).toMatchObject({ inLab: true, done: true });
  });
});
