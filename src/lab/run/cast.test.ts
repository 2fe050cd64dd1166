import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defineKata } from '../../kata/define.js';
import { plannedBy, resolveCast } from './cast.js';

const text = { en: 'x', es: 'x' };
const kata = defineKata({
  id: 'shop',
  title: text,
  conditions: () => text,
  services: [],
  strategies: { asking: text },
  languages: ['node', 'python'],
  programs: {
    order: { title: text, languages: ['node', 'python'] },
    payment: { title: text, languages: ['node', 'python'] },
    stock: { title: text, languages: ['node'] },
  },
  options: {},
  lesson: [{ strategy: 'asking' }],
  defaultStrategy: 'asking',
  expect: () => ({ verdict: 'holds' }),
  columns: [],
  experiment: () => Promise.resolve(),
  check: () => ({ findings: [], coverage: [], figures: {} }),
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'plan-cast-'));
  for (const [role, { languages }] of Object.entries(kata.programs ?? {}))
    for (const language of languages) {
      const place = path.join(folder, role, language);
      mkdirSync(place, { recursive: true });
      writeFileSync(path.join(place, language === 'node' ? 'main.js' : 'main.py'), '');
    }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const castOf = async (asked: { language?: string; languages?: Record<string, string> }) => {
  const wanted = { language: undefined, own: undefined, strategy: undefined, ...asked };
  const cast = await resolveCast({ kata, folder }, wanted, folder);
  return Object.fromEntries([...cast].map(([role, { language }]) => [role, language]));
};

it('plays each role in the language that is named for it, and the others in their first', async () => {
  expect(await castOf({})).toEqual({ order: 'node', payment: 'node', stock: 'node' });
  expect(await castOf({ languages: { payment: 'python' } })).toEqual({
    ...{ order: 'node', payment: 'python', stock: 'node' },
  });
});

it('plays all in one language, but for roles that have no reference in it', async () => {
  expect(await castOf({ language: 'python' })).toEqual({
    ...{ order: 'python', payment: 'python', stock: 'node' },
  });
});

it.each([
  ['calling', 'asking', 'calling'],
  ['asking', 'asking', 'telling'],
])(
  'plays beside a role of the learner %s, the default, where it holds (%s does not), else %s',
  async (defaultStrategy, broken, played) => {
    const of = defineKata({
      ...kata,
      strategies: { asking: text, telling: text, calling: text },
      lesson: [{ strategy: broken }, { strategy: 'telling' }, { strategy: 'calling' }],
      defaultStrategy,
      expect: (strategy) =>
        strategy === broken ? { verdict: 'violated', by: 'x', with: [] } : { verdict: 'holds' },
    });
    const wanted = { language: undefined, own: undefined, strategy: undefined };
    const parts = { payment: path.join(folder, 'payment', 'node') };
    const cast = await resolveCast({ kata: of, folder }, { ...wanted, parts }, folder);
    expect(plannedBy(of, cast)).toMatchObject({ kind: 'mixed', strategies: [played] });
  },
);
