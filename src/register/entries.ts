import type { ProcessIdentity } from './identity.js';

/** Something that outlives its starter when the starter is killed. */
export type Resource =
  | {
      readonly kind: 'process';
      readonly process: ProcessIdentity;
      /** It leads a process group of its own, and all of the group is to end with it. */
      readonly group: boolean;
      /** Asks it to end; SIGKILL follows where that does not help. */
      readonly stopSignal: NodeJS.Signals;
      /** What it started itself carries this in its environment, also what has left its group. */
      readonly nonce?: string;
    }
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 'database';
      /** `plan_…`; nothing else is ever dropped. */
      readonly name: string;
      /** In the server kept by `plan services up`, or in the one that DATABASE_URL names. */
      readonly service: 'kept' | 'url';
      /** host:port of the server, to know it again. No password is written here. */
      readonly server: string;
    }
  | {
      readonly kind: 'vhost';
      /** `plan_…`; nothing else is ever deleted. */
      readonly name: string;
      /** In the broker kept by `plan services up`, or in the one that AMQP_URL names. */
      readonly service: 'kept' | 'url';
      /** host:port of the broker, to know it again. No password is written here. */
      readonly server: string;
    }
  | {
      readonly kind: 'redisdb';
      /** `plan_…`, by which it was claimed; a database that others have claimed is left alone. */
      readonly name: string;
      readonly index: number;
      /** In the server kept by `plan services up`, or in the one that REDIS_URL names. */
      readonly service: 'kept' | 'url';
      /** host:port of the server, to know it again. No password is written here. */
      readonly server: string;
    }
  | {
      readonly kind: 'container';
      readonly id: string;
      /** `unix:///var/run/docker.sock`, `tcp://127.0.0.1:2375`; undefined means DOCKER_HOST. */
      readonly engine?: string | undefined;
    };

export interface Entry {
  readonly schema: 1;
  readonly owner: ProcessIdentity;
  readonly resource: Resource;
}

export interface EntryName {
  readonly owner: ProcessIdentity;
  readonly kind: Resource['kind'] | 'urldatabase' | 'urlvhost' | 'urlredisdb';
}

/** The owner stands in the name, so that one readdir tells whether anything was left behind. */
export function entryName({ owner, resource }: Entry, unique: string): string {
  const ofOthers = 'service' in resource && resource.service === 'url';
  const kind = ofOthers ? (`url${resource.kind}` as const) : resource.kind;
  return `${owner.pid}.${owner.start}.${owner.place}.${kind}.${unique}.json`;
}

/** Undefined for anything that is not an entry. */
export function parseEntryName(name: string): EntryName | undefined {
  const match =
    /^(\d+)\.(\d+)\.([0-9a-z]+-[0-9a-z]+)\.(process|folder|(?:url)?(?:database|vhost|redisdb)|container)\.\w+\.json$/.exec(
      name,
    );
  if (match === null) return undefined;
  const [, pid = '', start = '', place = '', kind = ''] = match;
  return { owner: { pid: Number(pid), start, place }, kind: kind as EntryName['kind'] };
}

/** Undefined where the text is not an entry of this version of the program. */
export function parseEntry(text: string): Entry | undefined {
  try {
    const value = JSON.parse(text) as Partial<Entry> | null;
    if (value?.schema !== 1 || !isIdentity(value.owner) || !isResource(value.resource))
      return undefined;
    return value as Entry;
  } catch {
    return undefined;
  }
}

function isResource(value: Partial<Resource> | undefined): boolean {
  if (value === undefined) return false;
  switch (value.kind) {
    case 'process':
      return (
        isIdentity(value.process) &&
        typeof value.stopSignal === 'string' &&
        (value.nonce === undefined || /^[0-9a-f]{32}$/.test(value.nonce))
      );
    case 'folder':
      return typeof value.path === 'string';
    case 'database':
    case 'vhost':
      return typeof value.name === 'string' && typeof value.server === 'string';
    case 'redisdb':
      return (
        typeof value.name === 'string' &&
        typeof value.index === 'number' &&
        typeof value.server === 'string'
      );
    case 'container':
      return typeof value.id === 'string';
    case undefined:
    default:
      return false;
  }
}

function isIdentity(value: Partial<ProcessIdentity> | undefined): boolean {
  return (
    typeof value?.pid === 'number' &&
    value.pid > 1 &&
    typeof value.start === 'string' &&
    typeof value.place === 'string'
  );
}
