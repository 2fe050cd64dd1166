/**
 * Reads vitest's JSON reports: how many passed, what failed, where the time went.
 */
import { existsSync, readFileSync } from 'node:fs';

/** Undefined where vitest came to no report at all. */
export function resultsIn(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).testResults : undefined;
}

/** @returns how many, where a file that could not be loaded counts as one that failed */
export function count(results) {
  const tests = results.flatMap(({ assertionResults }) => assertionResults);
  const are = (...statuses) => tests.filter(({ status }) => statuses.includes(status)).length;
  const [passed, failed] = [are('passed'), are('failed')];
  return {
    passed,
    failed: failed + results.filter(isUnloaded).length,
    skipped: tests.length - passed - failed,
  };
}

/**
 * What failed: its file, and its name unless the file could not be loaded or prepared at all.
 * @returns {{ file: string, name: string | undefined }[]}
 */
export function failures(results) {
  return results.flatMap((result) =>
    isUnloaded(result)
      ? [{ file: result.name, name: undefined }]
      : result.assertionResults
          .filter(({ status }) => status === 'failed')
          .map(({ fullName }) => ({ file: result.name, name: fullName })),
  );
}

function isUnloaded({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}
