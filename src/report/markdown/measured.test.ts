import { describe, expect, it } from 'vitest';
import type { Kata } from '../../kata/define.js';
import { caseOf, recordOf } from '../../../test/support/stored-run.js';
import { languagesOf, measuredOf } from './measured.js';

const kata = {
  id: 'kata-1',
  title: { en: '10,000 concurrent requests', es: '10.000 peticiones concurrentes' },
  conditions: () => ({ en: '50 users', es: '50 usuarios' }),
  options: {},
  columns: [],
} as unknown as Kata;
const command = 'plan compare kata-1 --lang node,go,rust';

const program = (language: string, runtime: string, path: string) =>
  caseOf({ implementation: { kind: 'reference', language, runtime, path, hash: path } });
const cases = [program('node', 'Node 22.1.0', 'a'), program('go', 'go1.26', 'b')];

describe('what was measured', () => {
  it('sets the languages beside each other, with the run that they are from', () => {
    const record = recordOf({ cases, command: ['compare', 'kata-1', '--lang', 'node,go'] });
    const page = measuredOf('en', { kata, record, command });
    expect(page).toContain('### Kata 1: 10,000 concurrent requests');
    expect(page).toContain('`plan compare kata-1 --lang node,go`');
    expect(page).toMatch(/\| pessimistic \| Node 22\.1\.0 \| 1 of 1 +\| +1190 \| +20 \| +40 \|/);
    expect(page).toMatch(/\| pessimistic \| go1\.26 +\|/);
    expect(page).toContain('- Conditions: 50 users');
    expect(page).not.toContain('_Open');
    expect(measuredOf('es', { kata, record, command })).toContain('1 de 1');
  });

  it('is an open question of one language, and of none', () => {
    const record = recordOf({ cases: cases.slice(0, 1) });
    expect(measuredOf('en', { kata, record, command })).toMatch(
      /_Open: only one language was measured\. `plan compare kata-1/,
    );
    const nothing = measuredOf('es', { kata, record: undefined, command });
    expect(nothing).toContain('_Abierta: todavía no hay cifras mías de kata-1.');
    expect(nothing).toContain(command);
    expect(nothing).not.toContain('|');
  });

  it('counts languages whose latency is known', () => {
    const none = caseOf({ latency: null });
    expect([...languagesOf(recordOf({ cases: [...cases, none] }))]).toEqual(['node', 'go']);
    expect(languagesOf(recordOf({ cases: [none] })).size).toBe(0);
  });
});
