import fc from 'fast-check';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isDone, readProgress, tickItems, untickItems, updateProgress } from '../progress.js';
import { shapeProblem } from './shape.js';

let root: string;
const file = () => path.join(root, 'progress.json');

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'plan-property-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const id = fc.oneof(
  fc.constantFrom('m1.b1.theory-1', 'm2.b1.kata-4', 'final.1', '__proto__', 'constructor', '7'),
  fc.string({ maxLength: 8 }),
);
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2039-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const known = new Set([
  'schema',
  'startedOn',
  'locale',
  'items',
  'katas',
  'date',
  'evidence',
  'by',
]);
/** Fields of another version, under names that this one doesn't use. */
const unknown = fc.dictionary(
  fc.string({ maxLength: 6 }).filter((name) => !known.has(name)),
  fc.jsonValue(),
  { maxKeys: 3 },
);
const step = fc.oneof(
  fc.record({ does: fc.constant('tick' as const), ids: fc.array(id, { maxLength: 4 }), day }),
  fc.record({ does: fc.constant('untick' as const), ids: fc.array(id, { maxLength: 4 }) }),
  fc.record({ does: fc.constant('start' as const), day }),
);

it('does what a plain set of ids would, whatever the order, and keeps all that it does not know', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 8 }),
      unknown,
      unknown,
      async (steps, top, inItem) => {
        // Through JSON, so that -0 and __proto__ are what a file can hold.
        const begin = JSON.stringify({
          ...top,
          schema: 1,
          startedOn: null,
          items: {
            stranger: inItem,
            kept: { ...inItem, date: '2026-01-05', evidence: { ...inItem, by: 'hand' } },
          },
          katas: { 'kata-99': inItem },
        });
        writeFileSync(file(), begin);
        const model = { done: new Set(['kept']), startedOn: null as string | null };
        for (const each of steps) {
          await perform(each);
          expectModel(each, model);
        }
        const progress = readProgress(root);
        const done = Object.entries(progress.items).filter(([, item]) => isDone(item));
        expect(new Set(done.map(([name]) => name))).toEqual(model.done);
        expect(progress.startedOn).toBe(model.startedOn);
        const now = JSON.parse(readFileSync(file(), 'utf8')) as Tree;
        expectKept(JSON.parse(begin) as Tree, now, model.done.has('kept'));
        expect(shapeProblem(now)).toBeUndefined();
        expect(readdirSync(root)).toEqual(['progress.json']);
      },
    ),
    { numRuns: 60 },
  );
});

it('any contents at all are either understood or left alone, byte for byte', async () => {
  const contents = fc.oneof(
    fc.string(),
    fc.json(),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc
      .record({ schema: fc.constantFrom(0, 1, 2, -1, 'x'), items: fc.jsonValue() })
      .map((value) => JSON.stringify(value)),
  );
  await fc.assert(
    fc.asyncProperty(contents, async (bytes) => {
      writeFileSync(file(), bytes);
      const outcome = await tickItems(root, ['a'], '2026-01-05').catch((error: unknown) => error);
      if (outcome instanceof Error) {
        expect(outcome).toMatchObject({ name: 'PlanError', exit: 4 });
        expect(readFileSync(file()).equals(Buffer.from(bytes))).toBe(true);
      } else expect(isDone(readProgress(root).items['a'])).toBe(true);
    }),
    { numRuns: 100 },
  );
});

it('changes at once come out as if one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(id, { minLength: 1, maxLength: 8 }), async (ids) => {
      writeFileSync(file(), '{"schema":1}');
      await Promise.all(ids.map((each) => tickItems(root, [each], '2026-01-05')));
      expect(new Set(Object.keys(readProgress(root).items))).toEqual(new Set(ids));
    }),
    { numRuns: 10 },
  );
});

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type Tree = Record<string, Record<string, Record<string, unknown>>>;

async function perform(each: Step): Promise<void> {
  if (each.does === 'tick') await tickItems(root, each.ids, each.day);
  else if (each.does === 'untick') await untickItems(root, each.ids);
  else await updateProgress(root, (progress) => ({ ...progress, startedOn: each.day }));
}

function expectModel(each: Step, model: { done: Set<string>; startedOn: string | null }): void {
  if (each.does === 'tick') for (const name of each.ids) model.done.add(name);
  else if (each.does === 'untick') for (const name of each.ids) model.done.delete(name);
  else model.startedOn = each.day;
}

function expectKept(before: Tree, now: Tree, keptIsDone: boolean): void {
  for (const [name, value] of Object.entries(before))
    if (!known.has(name)) expect(now[name]).toEqual(value);
  expect(now['katas']).toEqual(before['katas']);
  expect(now['items']?.['stranger']).toMatchObject(before['items']?.['stranger'] ?? {});
  if (keptIsDone) expect(now['items']?.['kept']).toEqual(before['items']?.['kept']);
}
