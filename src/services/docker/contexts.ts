import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What `docker context` knows: the engines' addresses, as values for DOCKER_HOST. */
export interface Contexts {
  /** That of DOCKER_CONTEXT; then it alone is meant. Null where no such context is known. */
  readonly asked: string | null | undefined;
  /** That of `docker context use`, and then the others. */
  readonly known: readonly string[];
}

/** Of the context `default` Docker itself keeps nothing: it means the usual socket. */
const usual = 'default';

export function dockerContexts(env: NodeJS.ProcessEnv, home: string): Contexts {
  const folder = env['DOCKER_CONFIG'] || path.join(home, '.docker');
  const metas = path.join(folder, 'contexts', 'meta');
  const name = env['DOCKER_CONTEXT'];
  const asked = name && name !== usual ? (addressIn(metas, idOf(name)) ?? null) : undefined;
  const current = textAt(read(path.join(folder, 'config.json')), 'currentContext');
  const first = current === undefined ? [] : [idOf(current)];
  const ids = [...new Set([...first, ...names(metas)])];
  return { asked, known: ids.flatMap((id) => addressIn(metas, id) ?? []) };
}

/** The folder of a context bears the hash of its name. */
function idOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

function addressIn(metas: string, id: string): string | undefined {
  return textAt(read(path.join(metas, id, 'meta.json')), 'Endpoints', 'docker', 'Host');
}

function textAt(value: unknown, ...way: readonly string[]): string | undefined {
  let at = value;
  for (const name of way)
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined;
  return typeof at === 'string' && at !== '' ? at : undefined;
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
