import { describe, expect, it } from 'vitest';
import type { SchemaChangedNote } from '../../kata/faults.js';
import { History } from '../../kata/history.js';
import { disguised, leavesTheTables } from './tables.js';

function historyOf(value: SchemaChangedNote): History {
  return new History([{ case: 0, at: 0, type: 'note', f: 'schema-changed', value }]);
}

const changes = [
  { kind: 'table', name: 'stock', change: 'gone' },
  { kind: 'rights', name: 'sales', change: 'other' },
] as const;

describe('tables that the program has changed', () => {
  it('are its fault where a statement of the lab failed on them, and are named', () => {
    const failed = { statement: 'SELECT 1 FROM stock', error: 'relation "stock" does not exist' };
    const history = historyOf({ changes, failed });
    const [found] = leavesTheTables(history);
    expect(found).toMatchObject({ invariant: 'leaves-the-tables', holds: false });
    expect(found?.witness?.lines).toEqual([1]);
    const { en = '', es = '' } = found?.witness?.story ?? {};
    expect(en).toContain('table stock is gone, access to table sales is not as the lab made it');
    expect(en).toContain('SELECT 1 FROM stock: relation "stock" does not exist');
    expect(es).toContain('la tabla stock ya no está');
    expect(disguised(history)).toEqual([]);
  });

  it('prove nothing where the lab may only have been deceived', () => {
    const history = historyOf({ changes: [{ kind: 'rows', name: 'stock', change: 'other' }] });
    expect(leavesTheTables(history)).toEqual([]);
    const [unmet] = disguised(history);
    expect(unmet).toMatchObject({ condition: 'experiment-armed', met: false });
    expect(unmet?.story.en).toContain('the row security of table stock');
  });
});
