import { format } from 'node:util';

let write = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** A line for the log: the lab keeps what an implementation writes to stderr. */
export function log(...what: unknown[]): void {
  write(format(...what));
}

/** From now on these lines are written as all others of a service are that has a way of its own. */
export function logBy(writer: (line: string) => void): void {
  write = writer;
}
