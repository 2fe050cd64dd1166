import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDesk, runJson, type Desk } from './support/cli.js';
import { needs, type Requirement } from './support/requires.js';

/** What a language can get wrong by itself; node alone goes through the whole lesson. */
const ofLanguages = ['--act', 'day', '--act', 'crowd', '--act', 'numbers', '--requests', '500'];

/** The first Rust build compiles the crates of the kit. */
const patience = { timeout: 400_000 };

let desk: Desk;

beforeAll(async () => {
  desk = await makeDesk();
  await desk.plan('init');
});

afterAll(() => desk.remove());

const toolchains: readonly Requirement[] = ['go', 'rust', 'java'];
const languages = ['node', ...toolchains.filter((one) => needs(one, `kata 2 in ${one}`))];

describe('plan run kata-2', patience, () => {
  it.each(languages)('runs the lesson in %s: none loses money, the cures do not', async (lang) => {
    const part = lang === 'node' ? [] : ofLanguages;
    const { exitCode, record } = await runJson(desk, 'kata-2', '--lang', lang, ...part);
    expect(record.cases.map(({ strategy, verdict }) => [strategy, verdict])).toEqual([
      ['none', 'violated'],
      ['lock', 'holds'],
      ['queue', 'holds'],
      ['atomic', 'holds'],
    ]);
    expect(exitCode).toBe(0);
    const [none, ...cures] = record.cases;
    expect(none?.figures['lost']).toBeGreaterThan(0);
    const lost = none?.findings.find(({ invariant }) => invariant === 'nothing-lost');
    expect(lost?.witness?.story.en).toMatch(/both began from \d+, .* whoever wrote last/);
    for (const one of cures) {
      expect(one.figures['lost']).toBe(0);
      if (lang === 'node') expect(one.latency?.n).toBe(2_000);
    }
  });

  it('takes its contention from the options, in Spanish too', async () => {
    const options = ['--accounts', '2', '--hot', '90', '--requests', '200', '--users', '20'];
    const words = ['--strategy', 'queue', ...options, '--locale', 'es'];
    const { exitCode, stdout } = await desk.plan('run', 'kata-2', ...words);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('20 usuarios, 200 operaciones en 2 cuentas, el 90 % en una de ellas');
    expect(stdout).toMatch(/queue +\d+ +0 +200 /);
  });

  it('is inconclusive where nobody comes between', async () => {
    const words = ['kata-2', '--strategy', 'none', '--users', '1', '--requests', '50'];
    const { exitCode, record } = await runJson(desk, ...words);
    expect(record.cases[0]?.verdict).toBe('inconclusive');
    expect(exitCode).toBe(3);
  });
});
