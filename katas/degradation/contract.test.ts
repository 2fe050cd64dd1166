import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mustRecover, mustSurvive, plays, scenes } from './contract.js';
import { kata } from './kata.js';

const none = '–';

/** The table strategy × act of a brief: what it says of each. */
function tableOf(locale: 'en' | 'es'): ReadonlyMap<string, readonly string[]> {
  const brief = readFileSync(new URL(`brief.${locale}.md`, import.meta.url), 'utf8');
  const lines = brief.split('\n');
  const cells = (line: string): string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const head = lines.findIndex((line) => scenes.every((scene) => line.includes(`\`${scene}\``)));
  const length = lines.slice(head).findIndex((line) => !line.startsWith('|'));
  const rows = lines.slice(head + 2, head + length).map(cells);
  return new Map(rows.map(([name = '', ...said]) => [name.replaceAll('`', ''), said]));
}

describe.each(['en', 'es'] as const)('the table of the brief (%s)', (locale) => {
  const table = tableOf(locale);

  it('has each strategy, in the order in which they are taught', () => {
    expect([...table.keys()]).toEqual(Object.keys(kata.strategies));
  });

  it.each(Object.keys(kata.strategies))('says of %s what the acts ask of it', (strategy) => {
    const said = table.get(strategy) ?? [];
    expect(said).toHaveLength(scenes.length);
    for (const [at, scene] of scenes.entries()) {
      const isAsked = scene === 'spike' ? mustRecover(strategy) : mustSurvive(strategy, scene);
      expect(said[at] !== none, scene).toBe(isAsked);
      if (isAsked) expect(plays(strategy, scene), scene).toBe(true);
    }
  });

  it('says of none alone that it breaks, as the lesson expects', () => {
    const broken = kata.lesson.filter(
      ({ strategy }) => kata.expect(strategy, {}).verdict === 'violated',
    );
    expect(broken.map(({ strategy }) => strategy)).toEqual(['none']);
    const breaks = { en: 'breaks', es: 'se rompe' }[locale];
    const saying = [...table].filter(([, said]) => said.includes(breaks));
    expect(saying).toEqual([['none', [none, none, none, breaks]]]);
  });
});
