/** How `plan …` is typed where it was started: by npx it is no command of its own. */
export function asTyped(command: string): string {
  return isByNpx() ? command.replace(/^plan(?= )/, 'npx plan') : command;
}

function isByNpx(): boolean {
  return process.env['npm_command'] === 'exec';
}
