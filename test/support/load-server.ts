import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export interface BenchServer {
  readonly language: 'Go' | 'Node';
  readonly url: string;
  stop(): Promise<void>;
}

/** A server in Go, or in Node where there is no Go. */
export async function startServer(): Promise<BenchServer> {
  const source = path.join(import.meta.dirname, 'load-server');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plan-bench-'));
  const program = path.join(folder, 'server');
  const built = spawnSync('go', ['build', '-o', program, path.join(source, 'main.go')]);
  const go = built.status === 0;
  const { url, stop } = go
    ? await startSaying(program, [])
    : await startSaying(process.execPath, [path.join(source, 'main.mjs')]);
  return {
    language: go ? 'Go' : 'Node',
    url,
    async stop() {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** A server that says its port on its first line and ends with its input. */
export async function startSaying(
  command: string,
  words: readonly string[],
): Promise<{ url: string; stop: () => Promise<void> }> {
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const said = await Promise.race([once(child.stdout, 'data'), exited.then(() => undefined)]);
  if (!said) throw new Error(`${command} ended before it said its port`);
  return {
    url: `http://127.0.0.1:${String(said[0]).trim()}`,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
