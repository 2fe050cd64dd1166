/** The only way to the terminal: data to stdout, progress and faults to stderr. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Machine output: one JSON document on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function printProgress(text: string): void {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** True where a person looks at it: colours, spinners and questions make sense. */
export function isInteractive(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}
