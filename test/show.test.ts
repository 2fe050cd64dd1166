import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
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

describe('plan list', () => {
  it('works without progress.json, and says which katas are still to come', async () => {
    const { exitCode, stdout } = await desk.plan('list');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('plan init');
    const [here = '', toCome = ''] = stdout.split('In the plan, not in the lab yet');
    expect(here).toMatch(/kata-4 +Over-selling +month 2, weeks 5-6 +node, go +postgres/);
    expect(toCome).toMatch(/kata-13 /);
    expect(toCome).not.toMatch(/kata-4 /);
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
    expect(katas.find(({ id }) => id === 'kata-13')).toMatchObject({ inLab: false, done: true });
  });
});
