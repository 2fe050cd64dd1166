import { deedOf } from '../../kata/interleaving/index.js';
import type { StatementRun } from '../../kata/statements.js';

/** What statements say that the key of a row is: compared with it, inserted as it, or returned. */
export function keyValues(runs: readonly StatementRun[], table: string, key: string): string[] {
  const found = runs
    .filter((run) => deedOf(run).writes.includes(table))
    .flatMap((run) => [...compared(run, key), ...inserted(run, key), ...returned(run, key)]);
  return [...new Set(found)];
}

const value = String.raw`\$\d+|'(?:[^']|'')*'|-?\d+`;

function compared({ text, parameters }: StatementRun, key: string): string[] {
  const pattern = new RegExp(String.raw`\b${escaped(key)}"?\s*=\s*(${value})`, 'gi');
  return [...text.matchAll(pattern)].flatMap(([, found = '']) => valueOf(found, parameters));
}

function inserted({ text, parameters }: StatementRun, key: string): string[] {
  const [, columns, rest] =
    /\binsert\s+into\s+\S+\s*\(([^)]*)\)\s*values\s*(.*)/is.exec(text) ?? [];
  if (columns === undefined || rest === undefined) return [];
  const names = columns.split(',').map((name) => name.trim().replaceAll('"', '').toLowerCase());
  const at = names.indexOf(key.toLowerCase());
  if (at < 0) return [];
  return [...rest.matchAll(/\(([^()]*)\)/g)].flatMap(([, row = '']) =>
    valueOf(row.split(',')[at]?.trim() ?? '', parameters),
  );
}

function returned({ columns = [], rows = [] }: StatementRun, key: string): string[] {
  const at = columns.indexOf(key);
  return at < 0 ? [] : rows.flatMap((row) => row[at] ?? []);
}

function valueOf(word: string, parameters: StatementRun['parameters']): string[] {
  const [, digits] = /^\$(\d+)/.exec(word) ?? [];
  if (digits !== undefined) return [parameters[Number(digits) - 1] ?? []].flat();
  const [, literal] = /^'(.*)'$/s.exec(word) ?? [];
  return literal === undefined ? (/^-?\d+$/.test(word) ? [word] : []) : [literal];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
