import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

/** From here on a stream says how far behind a group is, and gives up what the dead hold. */
export const oldest = '7.0';

/** `redis-server` or `valkey-server`, wherever it lies. */
export interface RedisProgram {
  readonly program: string;
  /** Where it finds its libraries, if it was moved from where it was made for. */
  readonly environment: Readonly<Record<string, string>>;
  /** `7.0.15` */
  readonly version: string;
}

const run = promisify(execFile);

/** What a program says that it is; undefined where it is none, or does not run. */
export async function describe(
  program: string,
  environment: RedisProgram['environment'] = {},
): Promise<RedisProgram | undefined> {
  try {
    const env = { PATH: path.dirname(program), ...environment };
    const { stdout } = await run(program, ['--version'], { env, timeout: 5_000 });
    // `Redis server v=7.0.15 sha=…`
    const version = /^(?:Redis|Valkey|Server) server.* v=(\d+(?:\.\d+)+)/im.exec(stdout)?.[1];
    return version === undefined ? undefined : { program, environment, version };
  } catch {
    return undefined;
  }
}
