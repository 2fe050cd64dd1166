import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { registerFolder } from '../../src/register/register.js';

export interface RealServices<S> {
  /** What was told; emptied after each test. */
  readonly notices: string[];
  readonly options: { readonly signal: AbortSignal; readonly onProgress: (text: string) => void };
  /** What a test puts in here is stopped after it. */
  readonly started: S[];
}

/**
 * For tests on real services: folders of their own, and after each test a look whether anything is
 * left: in the register, and among the instances.
 */
export function useRealServices<S extends { stop(): Promise<void> }>(
  name: string,
  instances: () => string,
): RealServices<S> {
  const base = mkdtempSync(path.join(os.tmpdir(), `plan-${name}-`));
  const notices: string[] = [];
  const started: S[] = [];
  beforeAll(() => {
    // The service's user has to reach it where the tests run as root.
    chmodSync(base, 0o755);
    process.env['XDG_CACHE_HOME'] = path.join(base, 'cache');
    process.env['XDG_STATE_HOME'] = path.join(base, 'state');
  });
  afterEach(async () => {
    for (const service of started.splice(0)) await service.stop();
    notices.splice(0);
    expect(readdirSync(registerFolder())).toEqual([]);
    expect(readdirSync(instances())).toEqual([]);
  });
  afterAll(() => rmSync(base, { recursive: true }));
  const options = {
    signal: new AbortController().signal,
    onProgress: (text: string) => void notices.push(text),
  };
  return { notices, started, options };
}
