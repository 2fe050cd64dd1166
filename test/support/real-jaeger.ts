import { execa } from 'execa';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../../src/base/folders.js';
import { repository } from './cli.js';

const source = path.join(repository, 'test', 'soak', 'jaeger');

/**
 * Jaeger itself, built once by Go from its official module: no package brings its program. Its page is
 * not in there, its API is.
 * @returns the folder of the program, for PATH
 */
export async function buildJaeger(): Promise<string> {
  const folder = path.join(cacheFolder(), `jaeger-${version()}`);
  mkdirSync(folder, { recursive: true });
  const program = path.join(folder, 'jaeger');
  const words = ['build', '-o', program, 'github.com/jaegertracing/jaeger/cmd/jaeger'];
  await execa('go', words, { cwd: source, stdout: 'inherit', stderr: 'inherit' });
  // Tests run it as another user, where they are run by root.
  for (const place of [folder, program]) chmodSync(place, 0o755);
  return folder;
}

function version(): string {
  const wanted = readFileSync(path.join(source, 'go.mod'), 'utf8');
  return /jaegertracing\/jaeger (v\S+)/.exec(wanted)?.[1] ?? 'unknown';
}

export interface TraceThere {
  /** Sorted. */
  readonly spans: readonly string[];
  readonly services: readonly string[];
}

/** What Jaeger has of a trace; undefined where it knows none of that id. */
export async function traceIn(jaeger: string, id: string): Promise<TraceThere | undefined> {
  const answer = await fetch(`${jaeger}/api/traces/${id}`);
  if (answer.status === 404) return undefined;
  const { data } = (await answer.json()) as { data: [Found] };
  const [{ spans, processes }] = data;
  return {
    spans: spans.map(({ spanID }) => spanID).sort(),
    services: Object.values(processes).map(({ serviceName }) => serviceName),
  };
}

interface Found {
  readonly spans: readonly { readonly spanID: string }[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}
