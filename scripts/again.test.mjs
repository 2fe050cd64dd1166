import { expect, it } from 'vitest';
import { laneOfFailures, withSecond } from './again.mjs';
import { count, failures } from './report.mjs';

const passed = (fullName) => ({ fullName, status: 'passed' });
const failed = (fullName) => ({ fullName, status: 'failed' });
const left = (fullName) => ({ fullName, status: 'skipped' });

const result = (name, ...tests) => ({
  name,
  status: tests.every(({ status }) => status === 'passed') ? 'passed' : 'failed',
  assertionResults: tests,
});

it('counts what failed as passed where it passes the second time, and only that', () => {
  const first = [result('/p/a.ts', passed('one'), failed('two'), failed('three'))];
  const second = [result('/p/a.ts', failed('one'), passed('two'), failed('three'))];
  const results = withSecond(first, second);
  expect(count(results)).toEqual({ passed: 2, failed: 1, skipped: 0 });
  expect(failures(results)).toEqual([{ file: '/p/a.ts', name: 'three' }]);
});

it('counts a file that could not be prepared as one failed, and its tests once they have run', () => {
  const first = [result('/p/a.ts', left('one'), left('two')), result('/p/b.ts', passed('three'))];
  expect(count(first)).toEqual({ passed: 1, failed: 1, skipped: 2 });
  const second = [result('/p/a.ts', passed('one'), passed('two'))];
  expect(count(withSecond(first, second))).toEqual({ passed: 3, failed: 0, skipped: 0 });
  expect(failures(withSecond(first, second))).toEqual([]);
});

it('keeps what failed where the second run came to nothing', () => {
  const first = [result('/p/a.ts', failed('one'))];
  expect(count(withSecond(first, []))).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it('runs again the files that failed, of twins those of the katas concerned', () => {
  const of = (file, name) => ({ file: `/p/test/${file}.test.ts`, name });
  expect(laneOfFailures('/p', [of('run', 'a'), of('run', 'b')])?.words).toContain(
    'test/run.test.ts',
  );
  const twins = [of('twins', 'twins of kata-1 catches a'), of('twins', 'twins of kata-2 passes b')];
  expect(laneOfFailures('/p', twins)?.env).toEqual({ PLAN_TEST_TWINS: 'kata-1,kata-2' });
  expect(laneOfFailures('/p', [of('twins')])).not.toHaveProperty('env');
});

it('runs nothing again where nothing failed, or too much for an accident', () => {
  expect(laneOfFailures('/p', [])).toBeUndefined();
  const many = Array.from({ length: 7 }, (_, at) => ({ file: `/p/${String(at)}`, name: 'x' }));
  expect(laneOfFailures('/p', many)).toBeUndefined();
});
