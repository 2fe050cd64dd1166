import { describe, expect, it } from 'vitest';
import type { Kata } from '../../kata/define.js';
import { History, type HistoryEvent } from '../../kata/history.js';
import type { CaseRecord } from '../../kata/run-record.js';
import { caseOf, recordOf } from '../../../test/support/stored-run.js';
import { caseShown, handedInContents } from './handed-in.js';

const rule = { en: 'It is so.', es: 'Es así.' };
const kata = {
  id: 'final',
  title: { en: 'The shop', es: 'La tienda' },
  conditions: () => ({ en: 'few', es: 'pocos' }),
  defaultStrategy: 'shop',
  lesson: [{ strategy: 'shop' }],
  strategies: {},
  options: {},
  columns: [],
  programs: { orders: { queue: 'orders' }, payments: { queue: 'payments' } },
  sequence: {
    subject: { en: 'order', es: 'pedido' },
    fields: ['order'],
    effects: {},
    ends: ['orders CONFIRMED', 'orders REJECTED declined', 'orders REJECTED late'],
    parties: () => ({ from: 'orders', to: ['payments'] }),
  },
  requirements: [
    { item: 'm.1', title: { en: 'own databases', es: 'sus bases' }, rules: ['a', 'b'] },
    { item: 'm.2', title: { en: 'breakers', es: 'breakers' }, rules: ['c'] },
    { item: 'm.3', title: { en: 'limits', es: 'límites' }, rules: ['d'] },
  ],
} as unknown as Kata;

const note = (at: number, f: string, value: unknown): HistoryEvent => ({
  ...{ case: 0, at, type: 'note', f, value },
});
const tells = (at: number, order: string, key: string): HistoryEvent =>
  note(at, 'observed', { message: { id: `${order}-${key}`, key, body: { order }, headers: {} } });
const ends = (at: number, subject: string, shown: string): HistoryEvent =>
  note(at, 'effect', { role: 'orders', table: 'orders', change: 'update', subject, shown, at });

const events = [
  ...[tells(1, 'o-1', 'Pay'), ends(2, 'o-1', 'CONFIRMED')],
  ...[tells(3, 'o-2', 'Pay'), ends(4, 'o-2', 'REJECTED declined')],
  ...[tells(5, 'o-3', 'Pay'), tells(6, 'o-3', 'Refund'), ends(7, 'o-3', 'REJECTED late')],
];

const findings = [
  { invariant: 'a', rule, holds: true },
  { invariant: 'b', rule, holds: true },
  {
    ...{ invariant: 'c', rule, holds: false },
    witness: { story: { en: 'asked 9 times\nwhile down', es: 'preguntó 9 veces' }, lines: [1] },
  },
];

function contents(changes: Partial<CaseRecord> = {}, seen = events, locale: 'en' | 'es' = 'en') {
  const one = caseOf({ strategy: 'shop', findings, ...changes });
  const run = { folder: '/r', record: recordOf({ cases: [one] }) };
  const chosen = { reference: undefined, own: run, key: undefined, failures: [] };
  const shown = caseShown(kata, chosen);
  if (!shown) throw new Error('nothing is shown');
  return handedInContents(locale, kata, { chosen, shown, history: new History(seen) });
}

describe('the page of what is handed in', () => {
  it('draws what was seen, with the run that it is from', () => {
    const { architecture } = contents();
    expect(architecture).toMatch(/^Seen in shop, run of \d{4}-.* UTC/);
    expect(architecture).toContain('-.->|"Pay ×3<br/>Refund ×1"| q0');
    expect(contents({}, []).architecture).toContain('_Nothing was seen in this run._');
  });

  it('draws an order that went through, and of those undone the one that tells most', () => {
    const { sequences } = contents();
    expect(sequences).toMatch(/One that went through[^]*order o-1:[^]*One that was undone[^]*o-3:/);
    expect(sequences).not.toContain('o-2');
    expect(sequences.match(/^sequenceDiagram$/gm)).toHaveLength(2);
    expect(contents({}, events.slice(0, 2)).sequences).toMatch(/undone\n\n_None was seen/);
  });

  it('says of each requirement whether it is met, and tells the witness', () => {
    const { requirements } = contents();
    expect(requirements).toMatch(/own databases +\| ✔ met +\| 2 of 2 /);
    expect(requirements).toMatch(/breakers +\| ✘ not met +\| 0 of 1 /);
    expect(requirements).toMatch(/limits +\| – not shown +\| 0 of 1 /);
    expect(requirements).toContain('`c` It is so.\n\n> asked 9 times\n> while down');
    expect(contents({}, events, 'es').requirements).toContain('> preguntó 9 veces');
  });

  it('shows what the kata measured, and the figures beside it where it says so', () => {
    const title = { en: 'a calm day: ms', es: 'un día tranquilo: ms' };
    const how = { en: 'p95 986 p99 –, of 40', es: 'p95 986 p99 –, de 40' };
    const exhibits = {
      ...{ column: { en: 'shop', es: 'shop' }, legend: { en: 'a legend', es: 'una leyenda' } },
      ...{ transcripts: [], cells: [{ row: 'T1', title, mark: 'p50 947', how }] },
    };
    const withFigures = contents({ exhibits: { ...exhibits, withFigures: true } }).results;
    expect(withFigures).toMatch(/\| T1 +\| a calm day: ms +\| p50 947 p95 986 p99 –, of 40 +\|/);
    expect(withFigures).toMatch(/\| strategy \|.* p50 \|/);
    expect(contents({ exhibits }).results).not.toMatch(/\| strategy \|/);
  });

  it('takes some acts, or conditions that did not come about, for no evidence', () => {
    const some = contents({ acts: ['calm'] }).requirements;
    expect(some).not.toContain('✔');
    expect(some).toContain('Only these acts were played (calm)');
    const unmet = [
      { name: 'was-down', what: rule, met: false },
    ] as unknown as CaseRecord['coverage'];
    expect(contents({ coverage: unmet }).requirements).not.toContain('✔');
  });

  it('shows nothing of a program that said yes to nothing', () => {
    const counts = { requests: 40, ok: 0, fail: 0, unknown: 40 };
    const { requirements } = contents({ counts });
    expect(requirements).toMatch(/own databases +\| – not shown +\| 0 of 2 /);
    expect(requirements).toMatch(/breakers +\| ✘ not met /);
  });
});

it('is about the default strategy of the learner’s own run, else of a reference’s', () => {
  const cases = [caseOf({ strategy: 'happy-path' }), caseOf({ strategy: 'shop' })];
  const run = { folder: '/r', record: recordOf({ cases }) };
  const none = { key: undefined, failures: [] };
  expect(caseShown(kata, { ...none, own: undefined, reference: run })?.one.strategy).toBe('shop');
  const own = { folder: '/o', record: recordOf({ cases: [caseOf({ strategy: 'own' })] }) };
  expect(caseShown(kata, { ...none, own, reference: run })?.one.strategy).toBe('own');
  expect(caseShown(kata, { ...none, own: undefined, reference: undefined })).toBeUndefined();
});
