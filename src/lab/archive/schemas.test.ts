import { expect, it } from 'vitest';
import { caseOf, recordOf } from '../../../test/support/stored-run.js';
import { asCurrent } from './schemas.js';

const said = '2 answers break the contract.\n  sent:     POST /purchases?x=1 {"buyer":"b"}';
const own = { ...caseOf().implementation, kind: 'own' as const, language: 'command', path: 'mine' };
const finding = {
  invariant: 'follows-the-contract',
  rule: { en: '', es: '' },
  holds: false,
  witness: { story: { en: said, es: '' }, lines: [3] },
};

it('takes of a run of schema 1 what stood in its words: the start command and the request', () => {
  const command = ['run', 'kata-4', '--cmd', 'ruby "my main.rb"', '--seed', '7'];
  const cases = [caseOf({ implementation: own, findings: [finding] }), caseOf()];
  const record = asCurrent({ ...recordOf({ command, cases }), schema: 1 });
  expect(record.schema).toBe(2);
  expect(record.cases[0]?.implementation.start).toEqual(['ruby', 'my main.rb']);
  expect(record.cases[0]?.findings[0]?.witness?.request).toEqual({
    method: 'POST',
    path: '/purchases',
  });
  expect(record.cases[1]?.implementation).toEqual(caseOf().implementation);
});

it('leaves one of schema 2 as it is, and takes no other', () => {
  const record = recordOf();
  expect(asCurrent(record)).toBe(record);
  for (const other of [{ ...record, schema: 3 }, { ...record, cases: {} }, {}, null])
    expect(() => asCurrent(other)).toThrow('schema 1 or 2');
});
