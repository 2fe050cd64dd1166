/** What a soak has written down, one line a result. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const results = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../results/soak.jsonl');

export function read() {
  if (!existsSync(results)) return [];
  // A line that was cut off when the soak was killed says nothing.
  return readFileSync(results, 'utf8')
    .split('\n')
    .flatMap((line) => parse(line) ?? []);
}

export function write(row) {
  mkdirSync(path.dirname(results), { recursive: true });
  appendFileSync(results, `${JSON.stringify(row)}\n`);
}

export function forget(ids) {
  const kept = read().filter(({ key }) => !ids.includes(key.split(' ')[0]));
  mkdirSync(path.dirname(results), { recursive: true });
  writeFileSync(results, kept.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

export function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
