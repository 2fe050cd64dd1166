import { spawn } from 'node:child_process';
import { cannotExecute } from '../../private/cannot-execute.js';
import type { ServiceUser } from '../../private/user.js';

/** A program ended with something else than 0. */
export class ProgramFailure extends Error {
  constructor(
    readonly program: string,
    readonly output: string,
  ) {
    super(`${program}: ${output}`);
  }
}

/**
 * How every program of PostgreSQL is started: as its user, in a folder that all may enter, and
 * without the caller's PG… variables, which would change what it does.
 */
export function asUser(user: ServiceUser | undefined): {
  cwd: string;
  env: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
} {
  const path = process.env['PATH'] ?? '/usr/bin:/bin';
  const env = { PATH: path, LC_ALL: 'C', TZ: 'UTC' };
  return { cwd: '/', env, ...(user && { uid: user.uid, gid: user.gid }) };
}

/**
 * Runs a program to its end. @returns what it wrote
 * @throws ProgramFailure · PlanError where it cannot be executed · the signal's reason
 */
export function runProgram(
  program: string,
  parameters: readonly string[],
  options: { user: ServiceUser | undefined; signal: AbortSignal },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      ...asUser(options.user),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (bytes: Buffer): void => {
      output += bytes.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    // SIGTERM, so that initdb removes what it has made so far.
    const abort = (): unknown => child.kill('SIGTERM');
    options.signal.addEventListener('abort', abort, { once: true });
    child.on('error', (error) => reject(cannotExecute(program, error)));
    child.on('close', (code) => {
      options.signal.removeEventListener('abort', abort);
      if (options.signal.aborted) reject(options.signal.reason as Error);
      else if (code === 0) resolve(output);
      else reject(new ProgramFailure(program, output.trim()));
    });
  });
}
