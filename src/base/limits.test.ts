import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { within } from './within.js';

/** The lab's own, not the programs in the katas' language folders. */
const sources = ['src', 'katas']
  .flatMap((root) =>
    readdirSync(root, { recursive: true }).map((name) => path.join(root, String(name))),
  )
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .filter((file) => !/^katas\/(kit|[^/]+\/([^/]+\/)?(node|twins))\//.test(file));

/** Calls that would wait for ever, where they may stand, and what limits them there. */
const waits = [
  { call: /new (pg\.Pool|PlainClient)\(/g, limit: /\.\.\.limits\(/ },
  { call: /\bcreateClient\(/g, limit: /socketTimeout:/ },
  { call: /await fetch\(/g, limit: /AbortSignal\.timeout\(/ },
  { call: /await connect\((this\.#)?url, \{/g, limit: /timeout:/ },
  { call: /\bchannel\.(get|checkQueue|assertQueue|prefetch)\(/g, limit: /answered\(/ },
];

describe('a wait of the lab', () => {
  it.each(waits)('has a limit: $call', ({ call, limit }) => {
    const calls = sources.flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return [...text.matchAll(call)].map(({ index }) => {
        const around = text.slice(Math.max(0, index - 120), index + 400);
        return { file, limited: limit.test(around) };
      });
    });
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.filter(({ limited }) => !limited)).toEqual([]);
  });

  it('for a service ends at its limit, and says which service it was', async () => {
    const never = new Promise<void>(() => undefined);
    await expect(within('RabbitMQ', 20, never)).rejects.toMatchObject({ code: 'service-silent' });
    await expect(within('RabbitMQ', 1_000, Promise.resolve(7))).resolves.toBe(7);
  });
});
