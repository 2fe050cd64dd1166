import { createConnection, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import {
  services,
  serviceNames,
  serviceTitles,
  type ServiceFacts,
} from '../../src/kata/services.js';
import { capabilities } from '../../src/services/capabilities.js';
import type { Capability } from '../../src/services/capability.js';
import type { RunningService } from '../../src/services/types.js';
import { freshName } from '../../src/services/private/fresh-name.js';
import { register } from '../../src/register/register.js';
import { serverOf } from '../../src/register/kept.js';

/**
 * The trivial service: it says again whatever it is told. A real one needs neither `endedLater` nor
 * `addEcho` nor `as never`, which are there for the tests; and its way that starts something must
 * honour `keep`, which this one does not, or leave itself out.
 */
export interface Echo {
  say(words: string): Promise<string>;
}

/** Names of places that were ended after their `plan` had been killed. */
export const endedLater: string[] = [];

const facts: ServiceFacts = {
  title: 'Echo',
  variable: 'ECHO_URL',
  protocols: { 'echo:': { port: 7 } },
};

const echo: Capability<RunningService, Echo> = {
  ways: [
    {
      name: 'url',
      find: ({ env }) =>
        Promise.resolve(env['ECHO_URL'] ? () => given(env['ECHO_URL'] ?? '') : undefined),
    },
    { name: 'local', find: () => Promise.resolve(start) },
  ],
  none: () => ({ what: 'there is no echo here', mend: 'call louder' }),
  async place({ url, record }, { label }) {
    const name = freshName(label);
    const release =
      record.provider === 'url'
        ? await register({ kind: 'place', of: 'echo', name, service: 'url', server: serverOf(url) })
        : undefined;
    const hands = { say: (words: string) => say(url, words) };
    return { url: `${url}/${name}`, hands, end: async () => release?.() };
  },
  endLeftover: ({ name }) => Promise.resolve(void endedLater.push(name)),
  describe: ({ name, server }) => `the echo ${name} of ${server}`,
  refusesUs: () => Promise.resolve(false),
  examine: () => Promise.resolve([{ id: 'echo', title: 'Echo', state: 'ok', detail: 'it echoes' }]),
};

/** Its folder would be src/services/echo; these are the two lines that make it known. */
export function addEcho(): void {
  Object.assign(services, { echo: facts });
  Object.assign(capabilities, { echo: () => Promise.resolve(echo) });
  // Both are made from the first of the lines where the program starts.
  (serviceNames as string[]).push('echo');
  Object.assign(serviceTitles, { echo: facts.title });
}

async function start(): Promise<RunningService> {
  const server = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `echo://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = (): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));
  return { ...running(url, 'local'), stop };
}

const given = (url: string): Promise<RunningService> => Promise.resolve(running(url, 'url'));

function running(url: string, provider: 'local' | 'url'): RunningService {
  return {
    record: { name: 'echo' as never, version: '1', provider, kept: false, url, settings: {} },
    url,
    died: new Promise(() => undefined),
    stop: () => Promise.resolve(),
  };
}

async function say(url: string, words: string): Promise<string> {
  const { hostname: host, port } = new URL(url);
  const socket = createConnection({ host, port: Number(port) });
  socket.end(words);
  let heard = '';
  for await (const part of socket) heard += String(part);
  return heard;
}
