import path from 'node:path';
import type { ImplementationRecord } from '../../kata/run-record.js';

/** As people write them. */
export const languageNames: Readonly<Record<string, string>> = {
  node: 'Node',
  go: 'Go',
  rust: 'Rust',
  python: 'Python',
  java: 'Java',
};

/** A folder of the learner's that is called `go` is still not the reference. */
export function sideNameOf({ kind, language, path: place }: ImplementationRecord): string {
  if (kind !== 'own' && kind !== 'mixed') return language;
  const name = path.parse(place).name;
  return name in languageNames ? `own-${name}` : name;
}
