import { factsOf, serviceNames, type ServiceName } from '../kata/services.js';
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
      /** What a case had for itself on a server that outlives this program. */
      readonly kind: 'place';
      /** Which service it is of. */
      readonly of: string;
      /** `plan_…`; nothing else is ever dropped. */
      readonly name: string;
      /** Of a service whose places are counted; one that others have claimed is left alone. */
      readonly index?: number | undefined;
      /** In the server kept by `plan services up`, or in the one that the service's variable names. */
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
  readonly kind: Resource['kind'];
  /** Of a place on a server of the user's own: which service's variable says where that is. */
  readonly onUrlOf?: string;
}

/** The owner stands in the name, so that one readdir tells whether anything was left behind. */
export function entryName({ owner, resource }: Entry, unique: string): string {
  const kind =
    resource.kind === 'place' ? `${resource.service}place-${resource.of}` : resource.kind;
  return `${owner.pid}.${owner.start}.${owner.place}.${kind}.${unique}.json`;
}

/** Undefined for anything that is not an entry. */
export function parseEntryName(name: string): EntryName | undefined {
  const match = /^(\d+)\.(\d+)\.([0-9a-z]+-[0-9a-z]+)\.([a-z-]+)\.\w+\.json$/.exec(name);
  if (match === null) return undefined;
  const [, pid = '', start = '', place = '', word = ''] = match;
  const kind = kindOf(word);
  return kind && { owner: { pid: Number(pid), start, place }, ...kind };
}

function kindOf(word: string): Omit<EntryName, 'owner'> | undefined {
  if (word === 'process' || word === 'folder' || word === 'container') return { kind: word };
  const [, way, of] = /^(kept|url)place-([a-z]+)$/.exec(word) ?? [];
  if (of !== undefined) return { kind: 'place', ...(way === 'url' && { onUrlOf: of }) };
  const former = serviceOfFormer(word.replace(/^url/, ''));
  return former && { kind: 'place', ...(word.startsWith('url') && { onUrlOf: former }) };
}

/** An entry of a `plan` from before places had a kind in common. */
function serviceOfFormer(kind: string): ServiceName | undefined {
  return serviceNames.find((name) => factsOf(name)?.formerKind === kind);
}

/** Undefined where the text is not an entry of this version of the program. */
export function parseEntry(text: string): Entry | undefined {
  try {
    const value = JSON.parse(text) as Partial<Entry> | null;
    if (value?.schema !== 1 || !isIdentity(value.owner)) return undefined;
    const resource = inTodaysWords(value.resource);
    return isResource(resource)
      ? { ...(value as Entry), resource: resource as Resource }
      : undefined;
  } catch {
    return undefined;
  }
}

function inTodaysWords(resource: Partial<Resource> | undefined): Partial<Resource> | undefined {
  const of = resource && serviceOfFormer(String(resource.kind));
  return of === undefined ? resource : { ...resource, kind: 'place', of };
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
    case 'place':
      return (
        typeof value.of === 'string' &&
        typeof value.name === 'string' &&
        typeof value.server === 'string' &&
        (value.index === undefined || typeof value.index === 'number')
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
