import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bounded } from './bounded.js';
import { Recorder } from './recorder.js';

const long = 'x'.repeat(1_000_000);

describe('bounded', () => {
  it('leaves a value of usual size as it is, the very same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(bounded(value)).toBe(value);
      }),
    );
  });

  it('cuts a long text wherever it lies, says so, and keeps texts that differ different', () => {
    const kept = JSON.stringify(bounded({ rows: [{ note: long, n: 1 }] }));
    expect(kept.length).toBeLessThan(2_000);
    expect(kept).toContain('[cut by plan: 1000000 characters, SHA-256 ');
    expect(bounded(`${long}a`)).not.toBe(bounded(`${long}b`));
  });
});

it('a history keeps no long text, of answers, notes and problems', () => {
  const recorder = new Recorder(0);
  recorder.note('final-state', { rows: [long] });
  const asked = { f: 'buy', process: 0, asked: { id: long } };
  recorder.invoke(asked).complete({ outcome: 'ok', value: { body: long } });
  const problem = { kind: 'contract' as const, detail: long };
  recorder.invoke(asked).complete({ outcome: 'unknown', problem });
  expect(JSON.stringify(recorder.events).length).toBeLessThan(10_000);
});

it('a history says null where a refusal has no value, also once it was read again', () => {
  const recorder = new Recorder(0);
  recorder.invoke({ f: 'buy', process: 0, asked: null }).complete({ outcome: 'fail' });
  const [, end] = JSON.parse(JSON.stringify(recorder.events)) as unknown[];
  expect(end).toMatchObject({ type: 'fail', value: null });
});
