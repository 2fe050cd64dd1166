import { afterEach, describe, expect, it } from 'vitest';
import { setLocale } from '../i18n/text.js';
import type { Kata } from './define.js';
import { listKatas } from './discover.js';
import type { Expectation } from './findings.js';
import { choice, integer } from './options.js';
import { kataProblems } from './schema.js';

const both = { en: 'x', es: 'y' };

const whole: Kata = {
  id: 'lost-likes',
  title: both,
  conditions: () => both,
  services: ['postgres'],
  strategies: { naive: both, 'one-update': both },
  languages: ['node'],
  options: {
    thinkMs: integer({ default: 5, min: 0, max: 10, help: both }),
    level: choice(['low', 'high'], { default: 'low', help: both, picksCase: true }),
  },
  lesson: [{ strategy: 'naive' }, { strategy: 'one-update', level: 'high' }],
  defaultStrategy: 'naive',
  expect: () => ({ verdict: 'holds' }),
  columns: [{ figure: 'lost', head: both }],
  experiment: () => Promise.resolve(),
  check: () => ({ findings: [], coverage: [], figures: {} }),
  questions: { problem: both },
};

const act = { title: both, breaks: ['none-lost'], covers: [] };

const fieldsOf = (kata: unknown): string[] =>
  kataProblems(kata, 'outside').map(({ field, problem }) => `${field}: ${problem}`);

afterEach(() => setLocale('en'));

describe('the schema of a kata', () => {
  it('takes a whole one, and every kata of the lab', async () => {
    expect(kataProblems(whole, 'outside')).toEqual([]);
    const more = { item: 'm1.b1.kata-0', acts: { flood: act } };
    expect(kataProblems({ ...whole, ...more }, 'outside')).toEqual([]);
    const alone = { expect: (): Expectation => ({ verdict: 'violated', by: 'none-lost' }) };
    expect(kataProblems({ ...whole, ...alone }, 'outside')).toEqual([]);
    for (const { kata } of await listKatas()) expect(kataProblems(kata, 'lab')).toEqual([]);
  });

  it.each<[string, object | undefined, string]>([
    ['a text lacks a language', { title: { en: 'x' } }, 'title.es: is missing'],
    [
      'a text is empty',
      { title: { en: 'x', es: ' ' } },
      'title.es: must be a text that is not empty',
    ],
    ['a field is missing', { check: undefined }, 'check: is missing'],
    ['a field is mistyped', { colums: [] }, 'colums: is unknown; did you mean columns?'],
    ['a service is unknown', { services: ['mysql'] }, 'services.0: must be one of '],
    [
      'a choice needs a service that the kata does not have',
      { servicesFor: ({ level }: { level: string }) => (level === 'high' ? ['rabbitmq'] : []) },
      'servicesFor: must return a list of services out of those of the kata: [postgres]',
    ],
    ['a language is unknown', { languages: ['perl'] }, 'languages.0: must be one of node'],
    ['it has no strategy', { strategies: {} }, 'strategies: must not be empty'],
    [
      'a strategy has a bad name',
      { strategies: { ...whole.strategies, 'A b': both } },
      'strategies.A b: ',
    ],
    ['an act has a bad name', { acts: { Flood: { ...act } } }, 'acts.Flood: '],
    [
      'an act names no rules',
      { acts: { flood: { ...act, breaks: undefined } } },
      'acts.flood.breaks',
    ],
    ['its name is the lab’s', { id: 'kata-4' }, "id: is the lab's own"],
    ['its name is no name', { id: '../x' }, 'id: must be small letters'],
    ['the default strategy is none', { defaultStrategy: 'x' }, "defaultStrategy: names 'x'"],
    [
      'a case has no such strategy',
      { lesson: [{ strategy: 'x' }] },
      "lesson.0.strategy: names 'x'",
    ],
    [
      'a case has no such option',
      { lesson: [{ strategy: 'naive', a: 1 }] },
      "lesson.0.a: sets 'a'",
    ],
    [
      'a case is out of range',
      { lesson: [{ strategy: 'naive', thinkMs: 11 }] },
      'lesson.0.thinkMs: must be from 0 to 10',
    ],
    [
      'a default is out of range',
      { options: { thinkMs: { ...whole.options['thinkMs'], default: 11 } } },
      'options.thinkMs.default: must be from 0 to 10',
    ],
    [
      'an option is taken',
      { options: { repeat: whole.options['thinkMs'] }, lesson: [{ strategy: 'naive' }] },
      "options.repeat: cannot be an option: --repeat is one of plan run's own",
    ],
    [
      'a heading lacks a language',
      { columns: [{ figure: 'a', head: { es: 'x' } }] },
      'columns.0.head.en: is missing',
    ],
    ['a question is unknown', { questions: { why: both } }, 'questions.why: is not a field'],
    [
      'conditions are in one language',
      { conditions: () => ({ en: 'x' }) },
      'conditions: must return a text in both',
    ],
    [
      'expect throws',
      {
        expect: () => {
          throw new Error('oh');
        },
      },
      'expect: ends with an error: oh',
    ],
    [
      'expect says nothing',
      { expect: () => undefined },
      'expect: must return { verdict: "holds" }',
    ],
    ['it is none at all', undefined, ': must be an object'],
  ])('says so where %s', (_, change, problem) => {
    const found = fieldsOf(change === undefined ? 7 : { ...whole, ...change });
    expect(
      found.some((line) => line.startsWith(problem)),
      found.join('\n'),
    ).toBe(true);
  });

  it('speaks Spanish, too', () => {
    setLocale('es');
    expect(fieldsOf({ ...whole, title: { es: 'x' } })).toEqual(['title.en: falta']);
  });
});
