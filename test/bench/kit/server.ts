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
  const source = path.join(import.meta.dirname, '../bench/kit/server');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plan-bench-'));
  const program = path.join(folder, 'server');
  const built = spawnSync('go', ['build', '-o', program, path.join(source, 'main.go')]);
  const go = built.status === 0;
  const [command, words] = go ? [program, []] : [process.execPath, [path.join(source, 'main.mjs')]];
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    return {
      language: go ? 'Go' : 'Node',
      url: `http://127.0.0.1:${String(said).trim()}`,
      async stop() {
        child.stdin.end();
        await once(child, 'exit');
        await rm(folder, { recursive: true });
      },
    };
  } catch (error) {
    child.kill();
    throw error;
  }
}
