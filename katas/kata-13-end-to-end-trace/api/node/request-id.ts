import { randomUUID } from 'node:crypto';
import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** What a client may choose: anything longer or stranger would end in every log and header. */
const allowed = /^[A-Za-z0-9._-]{1,64}$/;

/** The client's own where it is one, else a new one. */
export function requestIdOf(given: string | readonly string[] | undefined): string {
  return typeof given === 'string' && allowed.test(given) ? given : randomUUID();
}

export function withRequestId<T>(id: string, work: () => T): T {
  return current.run(id, work);
}

/** Of the request that is being answered. */
export function requestId(): string | undefined {
  return current.getStore();
}
