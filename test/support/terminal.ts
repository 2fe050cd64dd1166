import { execa } from 'execa';
import { planBinary, type Desk } from './cli.js';

/** What to type, each once the screen shows the text since the last typing. */
export interface Typed {
  readonly after: RegExp;
  readonly keys: string;
}

export const keys = { down: '\u001b[B', up: '\u001b[A', enter: '\r', space: ' ', ctrlC: '\u0003' };

/**
 * Runs plan on a terminal of its own, made by `script`, which Linux and macOS both have with
 * different options.
 */
export async function onTerminal(
  desk: Desk,
  words: readonly string[],
  typed: readonly Typed[],
): Promise<{ exitCode: number | undefined; screen: string }> {
  const line = [process.execPath, planBinary, ...words].map((word) => `'${word}'`).join(' ');
  const script =
    process.platform === 'darwin'
      ? ['-q', '/dev/null', 'sh', '-c', line]
      : ['-qec', line, '/dev/null'];
  const subprocess = execa('script', script, {
    cwd: desk.folder,
    env: { ...desk.env, TERM: 'xterm' },
    extendEnv: false,
    reject: false,
    stdin: 'pipe',
    timeout: 60_000,
  });
  const left = [...typed];
  let screen = '';
  let seen = 0;
  subprocess.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
    const next = left[0];
    if (next && next.after.test(plainText(screen.slice(seen)))) {
      left.shift();
      seen = screen.length;
      subprocess.stdin.write(next.keys);
    }
  });
  const { exitCode } = await subprocess;
  return { exitCode, screen: plainText(screen) };
}

function plainText(screen: string): string {
  return screen.replace(/\u001b\[[0-9;?]*[a-zA-Z]|\r/g, '');
}
