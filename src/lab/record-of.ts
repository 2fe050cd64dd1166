import type { ImplementationRecord } from '../kata/run-record.js';
import { displayPath } from '../base/display-path.js';
import type { Built, Implementation } from './implementation/index.js';

/** What run.json says of the implementation. */
export function recordOf(
  { kind, language, path, hash }: Implementation,
  { runtime }: Built,
  root: string,
): ImplementationRecord {
  return { kind, language, runtime, path: displayPath(path, root), hash };
}
