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

/**
 * A name for each of those that stand side by side: of two folders of one name the ends of their
 * paths that tell them apart, `v1/api` and `v2/api`.
 */
export function sideNamesOf(programs: readonly ImplementationRecord[]): string[] {
  return programs.map((program) => {
    const name = sideNameOf(program);
    const namesakes = programs.filter((other) => other !== program && sideNameOf(other) === name);
    if (namesakes.length === 0) return name;
    const tail = (one: ImplementationRecord, length: number): string =>
      one.path.split('/').slice(-length).join('/');
    const length = Array.from(program.path.split('/'), (_, at) => at + 1).find((parts) =>
      namesakes.every((other) => tail(other, parts) !== tail(program, parts)),
    );
    // The roles of a system may lie in one folder, whatever their names.
    return length === undefined ? `${name} ${program.hash.slice(0, 7)}` : tail(program, length);
  });
}
