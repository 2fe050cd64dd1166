import { afterAll, beforeAll, vi } from 'vitest';
import type { ServiceName } from '../../src/kata/services.js';
import { startServices, type RunningServices } from '../../src/services/start.js';
import { cacheHome } from './cli.js';
import { makeFolder, type TemporaryFolder } from './folder.js';

type Force = 'local' | 'embedded';

export interface ServicesOfTests<N extends ServiceName> {
  /** For logs and sources; gone after the tests. */
  readonly home: string;
  /** Aborted after the tests. */
  readonly signal: AbortSignal;
  readonly services: Required<Pick<RunningServices, N>>;
}

/** Servers of the lab's own for the tests of a file, with a register of their own. */
export function useServices<const N extends ServiceName>(
  wanted: Readonly<Record<N, Force>>,
): ServicesOfTests<N> {
  const abort = new AbortController();
  const started: RunningServices[] = [];
  let home: TemporaryFolder;
  beforeAll(async () => {
    home = await makeFolder();
    vi.stubEnv('XDG_STATE_HOME', home.path);
    vi.stubEnv('XDG_CACHE_HOME', cacheHome);
    const options = { signal: abort.signal, onProgress: () => undefined, env: {} };
    await Promise.all(
      (Object.entries(wanted) as [N, Force][]).map(async ([name, force]) => {
        started.push(await startServices([name], { ...options, force }));
      }),
    );
  }, 60_000);
  afterAll(async () => {
    await Promise.all(started.map((services) => services.stopAll()));
    abort.abort(new Error('the tests are over'));
    vi.unstubAllEnvs();
    await home.remove();
  });
  return {
    get home() {
      return home.path;
    },
    signal: abort.signal,
    get services() {
      return Object.assign({}, ...started) as Required<Pick<RunningServices, N>>;
    },
  };
}
