import { format } from 'node:util';

/** A line for the log: the lab keeps what an implementation writes to stderr. */
export function log(...what: unknown[]): void {
  process.stderr.write(`${format(...what)}\n`);
}
