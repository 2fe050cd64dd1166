import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { isExecutable } from '../private/programs.js';

/** From here on a target says for itself how often it is looked at, and a password is asked for. */
export const oldest = '2.31';

export interface PrometheusProgram {
  readonly program: string;
  /** `2.42.0` */
  readonly version: string;
}

const run = promisify(execFile);

/** What a program says that it is; undefined where it is none, or does not run. */
export async function describe(program: string): Promise<PrometheusProgram | undefined> {
  try {
    const env = { PATH: path.dirname(program) };
    const { stdout, stderr } = await run(program, ['--version'], { env, timeout: 5_000 });
    // `prometheus, version 2.42.0+ds (branch: …)`
    const version = /^prometheus, version v?(\d+(?:\.\d+)+)/m.exec(stdout || stderr)?.[1];
    return version === undefined ? undefined : { program, version };
  } catch {
    return undefined;
  }
}

/** `promtool` lies beside it, where there is one. */
export function promtoolBeside({ program }: PrometheusProgram): string | undefined {
  const file = path.join(path.dirname(program), 'promtool');
  return isExecutable(file) ? file : undefined;
}
