import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** How the code stands: what a linter does not see, since it looks at one file at a time. */

const src = path.resolve(import.meta.dirname, '..');
const files = new Map(
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .sort()
    .map((name) => [name, readFileSync(path.join(src, name), 'utf8')]),
);
const names = [...files.keys()];

describe('the house', () => {
  it('knows a service in its own folder, and in the tables of services', () => {
    const outside = names.filter((name) => !name.startsWith('services/redis/'));
    expect(outside.filter((name) => /redis/i.test(files.get(name) ?? ''))).toEqual([
      'kata/services.ts',
      'kata/work-queue.ts',
      'services/capabilities.ts',
    ]);
    const beside = names.filter((name) => !name.startsWith('services/prometheus/'));
    const imports = /from '[^']*\/prometheus\/|import\('[^']*\/prometheus\//;
    // A shop that runs by hand is looked at with the very configuration of the lab's own servers.
    expect(beside.filter((name) => imports.test(files.get(name) ?? ''))).toEqual([
      'lab/scaffold/observing.ts',
      'services/capabilities.ts',
    ]);
  });

  it('has rooms in the lab, and nothing that lies between them', () => {
    expect(names.filter((name) => /^lab\/[^/]+$/.test(name))).toEqual([]);
  });

  it('goes round in no circle', () => {
    expect(circlesOf(graphOf((name) => name.split('/')[0]))).toEqual([]);
    // Of files, what is needed to run: types may look both ways.
    expect(
      circlesOf(graphOf((name) => name, /^import (?!type )[^;]*?from '(\.[^']+)\.js'/gm)),
    ).toEqual([]);
    const inTheLab = (name: string): string | undefined => /^lab\/[^/]+/.exec(name)?.[0];
    expect(circlesOf(graphOf(inTheLab))).toEqual([]);
  });
});

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Types count as well: whoever reads a file has to look there. */
function graphOf(
  folderOf: (name: string) => string | undefined,
  imports = /\b(?:from|import\() ?'(\.[^']+)\.js'/g,
): Graph {
  const graph = new Map<string, Set<string>>();
  for (const [name, text] of files) {
    const from = folderOf(name);
    for (const [, place = ''] of text.matchAll(imports)) {
      const file = path.posix.join(path.posix.dirname(name), place);
      const to = folderOf(files.has(`${file}.tsx`) ? `${file}.tsx` : `${file}.ts`);
      if (from === undefined || to === undefined || to === from) continue;
      graph.set(from, (graph.get(from) ?? new Set()).add(to));
    }
  }
  expect(graph.size).toBeGreaterThan(5);
  return graph;
}

/** Each folder from which a way of imports leads back to it. */
function circlesOf(graph: Graph): string[] {
  return [...graph.keys()].filter((start) => {
    const seen = new Set<string>();
    const open = [...(graph.get(start) ?? [])];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at === start) return true;
      if (!seen.has(at)) open.push(...(graph.get(at) ?? []));
      seen.add(at);
    }
    return false;
  });
}
