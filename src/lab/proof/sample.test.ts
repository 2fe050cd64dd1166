import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, type TemporaryFolder } from '../../../test/support/folder.js';
import { languageOf, sampleOf } from './sample.js';
import { readTwins, type Twin } from './twins-file.js';

const broken = (name: string, by: string, ...options: string[]): Twin => ({
  ...{ name, kind: 'broken', place: `/nowhere/${name}.js`, options },
  wanted: { verdict: 'violated', by },
});
const right = (name: string): Twin => ({
  ...{ name, kind: 'right', place: `/nowhere/${name}.js`, options: [] },
  wanted: { verdict: 'holds' },
});

const namesOf = async (...twins: Twin[]): Promise<string[]> =>
  (await sampleOf({ twins, sampledBy: 'rules' })).map(({ name }) => name);

describe('a sample of twins', () => {
  it('has one for each rule and one for each act', async () => {
    const names = await namesOf(
      broken('a', 'none-lost', '--act', 'crash'),
      broken('b', 'none-lost', '--act', 'crash'),
      broken('c', 'none-lost', '--act', 'load'),
      broken('d', 'none-twice', '--act', 'crash'),
    );
    expect(names).toEqual(['c', 'd']);
  });

  it('has one for each act where it is by acts, and for each rule that no history breaks', async () => {
    const twins = [
      broken('a', 'none-lost', '--act', 'crash'),
      broken('b', 'none-twice', '--act', 'crash'),
      broken('c', 'none-twice', '--act', 'load'),
    ];
    const sample = await sampleOf({ twins, sampledBy: 'acts' });
    expect(sample.map(({ name }) => name)).toEqual(['a', 'c']);
    const lone = broken('d', 'in-order', '--act', 'crash');
    const all = [...twins, lone];
    const more = await sampleOf({ twins: all, sampledBy: 'acts', byTwins: ['in-order'] });
    expect(more.map(({ name }) => name)).toEqual(['c', 'd']);
  });

  it('has one for each other choice of the options, whatever their numbers', async () => {
    const names = await namesOf(
      broken('a', 'none-lost', '--broker', 'redis', '--jobs', '10'),
      broken('b', 'none-lost', '--broker', 'redis', '--jobs', '20'),
      broken('c', 'none-lost', '--broker', 'rabbitmq', '--jobs', '10'),
      broken('d', 'none-lost', '--broker', 'rabbitmq', '--cluster'),
    );
    expect(names).toEqual(['a', 'd']);
  });

  it('has all that are right, but for those of the soak', async () => {
    const soak: Twin = { ...right('d'), isSoak: true };
    const names = await namesOf(right('a'), right('b'), broken('c', 'none-lost'), soak);
    expect(names).toEqual(['a', 'b', 'c']);
  });

  it('has none that is for the soak', async () => {
    const soak: Twin = { ...broken('a', 'none-lost'), isSoak: true };
    expect(await namesOf(soak, broken('b', 'none-twice'))).toEqual(['b']);
  });

  it('has nothing of nothing', async () => {
    expect(await namesOf()).toEqual([]);
  });

  describe('of folders', () => {
    let folder: TemporaryFolder;

    beforeEach(async () => {
      folder = await makeFolder();
    });

    afterEach(() => folder.remove());

    const written = async (twin: Twin, file: string): Promise<Twin> => {
      await folder.write(path.join(twin.name, file), '');
      return { ...twin, place: path.join(folder.path, twin.name) };
    };

    it('has each language, and of the dear ones no more than that', async () => {
      const names = await namesOf(
        await written(broken('a', 'none-lost'), 'Main.java'),
        await written(broken('b', 'none-lost'), 'main.js'),
        await written(broken('c', 'none-twice'), 'Main.java'),
        await written(broken('d', 'none-twice'), 'main.js'),
      );
      expect(names).toHaveLength(2);
      expect([
        ['a', 'd'],
        ['b', 'c'],
      ]).toContainEqual(names);
    });
  });
});

/** A number, or the option that it belongs to. */
const isOfNumber = (word: string, next = ''): boolean =>
  [word, next].some((one) => one !== '' && !Number.isNaN(Number(one)));

const katas = path.resolve(import.meta.dirname, '../../../katas');
const proved = readdirSync(katas).filter((kata) =>
  existsSync(path.join(katas, kata, 'twins', 'twins.json')),
);

/** Rules of every kata, which tests of the judge hold. */
const ofEach = new Set([
  ...['becomes-healthy', 'stays-alive', 'follows-the-contract', 'answers-in-time'],
  ...['drains-on-sigterm', 'gives-up-its-locks'],
]);

/** The text of all tests below a folder: a rule that a history breaks is named there. */
function testsIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
}

it('holds the rules of every kata by tests of the judge, and by a twin of one of them', async () => {
  const tests = testsIn(path.resolve(katas, '../src/lab/judge'));
  expect([...ofEach].filter((rule) => !tests.includes(rule))).toEqual([]);
  const read = await Promise.all(
    proved.map((kata) => readTwins({ folder: path.join(katas, kata) })),
  );
  const samples = await Promise.all(read.flatMap((one) => (one ? [sampleOf(one)] : [])));
  const shown = samples.flat().map(({ wanted }) => ('by' in wanted ? wanted.by : ''));
  expect([...ofEach].filter((rule) => !shown.includes(rule))).toEqual([]);
});

describe.each(proved)('the sample of %s', (kata) => {
  const rulesOf = (some: readonly Twin[]): Set<string> =>
    new Set(some.flatMap(({ wanted }) => ('by' in wanted ? wanted.by : [])));
  const wordsOf = (some: readonly Twin[]): Set<string> =>
    new Set(
      some.flatMap(({ options }) =>
        options.filter((word, at) => !isOfNumber(word, options[at + 1])),
      ),
    );
  const languagesOf = async (some: readonly Twin[]): Promise<Set<string>> =>
    new Set(await Promise.all(some.map(({ place }) => languageOf(place))));
  const of = (kind: Twin['kind'], some: readonly Twin[]): Twin[] =>
    some.filter((twin) => twin.kind === kind);
  /** What names no act has all of them. */
  const haveAllActs = (some: readonly Twin[]): boolean =>
    some.some(({ options }) => !options.includes('--act'));

  it('leaves out no rule but those that histories hold, no act, no choice and no language', async () => {
    const read = await readTwins({ folder: path.join(katas, kata) });
    const found = read ?? { twins: [], sampledBy: 'rules' };
    const { twins } = found;
    const sample = await sampleOf(found);
    const broken = of('broken', twins).filter(({ isSoak }) => !isSoak);
    const histories = testsIn(path.join(katas, kata));
    const isHeld = (rule: string): boolean => histories.includes(`'${rule}'`) || ofEach.has(rule);
    const shown = rulesOf(sample);
    // By acts: one that no history breaks must be among its `byTwins`.
    expect([...rulesOf(broken)].filter((rule) => !shown.has(rule) && !isHeld(rule))).toEqual([]);
    expect(wordsOf(of('broken', sample))).toEqual(wordsOf(broken));
    const right = of('right', twins);
    const rightInSample = of('right', sample);
    expect(haveAllActs(rightInSample)).toBe(haveAllActs(right));
    if (!haveAllActs(right)) expect(wordsOf(rightInSample)).toEqual(wordsOf(right));
    expect(choicesBesideActs(rightInSample)).toEqual(choicesBesideActs(right));
    expect(await languagesOf(sample)).toEqual(await languagesOf([...broken, ...right]));
  });
});

/** Strategies, brokers and the like. */
function choicesBesideActs(twins: readonly Twin[]): Set<string> {
  return new Set(
    twins.flatMap(({ options }) =>
      options.flatMap((word, at) => {
        const value = options[at + 1] ?? '';
        return word.startsWith('--') && word !== '--act' && !isOfNumber(word, value)
          ? [`${word} ${value}`]
          : [];
      }),
    ),
  );
}
