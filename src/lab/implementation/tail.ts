import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** A log can be many gigabytes long; only this much of its end is ever read. */
const mostBytes = 64 * 1024;
const longestLine = 500;

/**
 * The last lines of a log, without colours and control characters, long ones cut. Empty where
 * there is no log.
 */
export function tailOf(file: string, lines: number): string[] {
  const { text, whole } = readEnd(file);
  const all = text.split(/\r?\n/);
  // The first piece is half a line where the file is longer than what was read.
  if (!whole && all.length > 1) all.shift();
  if (all.at(-1) === '') all.pop();
  return all.slice(-lines).map(printable);
}

function readEnd(file: string): { text: string; whole: boolean } {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return { text: '', whole: true };
  }
  try {
    const { size } = fstatSync(descriptor);
    const start = Math.max(0, size - mostBytes);
    const buffer = Buffer.alloc(size - start);
    const read = readSync(descriptor, buffer, 0, buffer.length, start);
    return { text: buffer.toString('utf8', 0, read), whole: start === 0 };
  } finally {
    closeSync(descriptor);
  }
}

function printable(line: string): string {
  const clean = stripVTControlCharacters(line).replaceAll(
    /[\u0000-\u0008\u000b-\u001f\u007f]/g,
    '',
  );
  return clean.length > longestLine ? `${clean.slice(0, longestLine - 1)}…` : clean;
}
