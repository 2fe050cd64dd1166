/**
 * Tests of the real binary meet a machine that others use as well: one that stands still for seconds
 * fails a test that says nothing of the program. So what failed is run once more when all else is
 * done, alone; and what passes only then is told, since it may also be a fault that comes and goes.
 */
import path from 'node:path';

/** More than a few are no accident. */
const mostFiles = 6;
const twinsFile = 'test/twins.test.ts';

/**
 * The words for vitest, and what it needs in its environment; undefined where there is nothing to
 * run again.
 */
export function laneOfFailures(root, failed) {
  const files = [...new Set(failed.map(({ file }) => path.relative(root, file)))];
  if (files.length === 0 || files.length > mostFiles) return undefined;
  const katas = katasOf(failed);
  return {
    words: ['run', '--no-file-parallelism', ...files],
    // Where the file of the twins failed as a whole, all of them are run again.
    ...(files.includes(twinsFile) && katas !== undefined
      ? { env: { PLAN_TEST_TWINS: katas.join(',') } }
      : {}),
  };
}

/** @returns the results in which what failed has passed where it passed in the second run */
export function withSecond(results, second) {
  const files = new Map(second.map((result) => [result.name, result]));
  return results.map((result) => {
    const again = files.get(result.name);
    return again === undefined || result.status === 'passed' ? result : mended(result, again);
  });
}

function mended(result, again) {
  const passed = new Set(
    again.assertionResults.filter(({ status }) => status === 'passed').map((test) => test.fullName),
  );
  const assertionResults = result.assertionResults.map((test) =>
    test.status !== 'passed' && passed.has(test.fullName) ? { ...test, status: 'passed' } : test,
  );
  return { ...result, assertionResults, status: again.status };
}

function katasOf(failed) {
  const names = failed.filter(({ file }) => file.endsWith(twinsFile)).map(({ name }) => name);
  if (names.includes(undefined)) return undefined;
  return [...new Set(names.map((name) => /^twins of (\S+)/.exec(name)?.[1]).filter(Boolean))];
}
