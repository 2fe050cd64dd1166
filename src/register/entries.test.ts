import fc from 'fast-check';
import { expect, it } from 'vitest';
import { factsOf, serviceNames } from '../kata/services.js';
import { entryName, parseEntry, parseEntryName, type Entry, type Resource } from './entries.js';

const identity = fc.record({
  pid: fc.integer({ min: 2, max: 4_194_304 }),
  start: fc.integer({ min: 0 }).map(String),
  place: fc
    .tuple(fc.stringMatching(/^[0-9a-f]{32}$/), fc.integer({ min: 0 }))
    .map((p) => p.join('-')),
});

const resource: fc.Arbitrary<Resource> = fc.oneof(
  fc.record({
    kind: fc.constant('process' as const),
    process: identity,
    group: fc.boolean(),
    stopSignal: fc.constantFrom('SIGTERM' as const, 'SIGINT' as const),
  }),
  fc.record({
    kind: fc.constant('process' as const),
    process: identity,
    group: fc.constant(true),
    stopSignal: fc.constant('SIGTERM' as const),
    nonce: fc.stringMatching(/^[0-9a-f]{32}$/),
  }),
  fc.record({ kind: fc.constant('folder' as const), path: fc.string() }),
  fc.record({
    kind: fc.constant('place' as const),
    of: fc.constantFrom('postgres', 'rabbitmq', 'kafka'),
    name: fc.string(),
    service: fc.constantFrom('kept' as const, 'url' as const),
    server: fc.string(),
  }),
  fc.record({ kind: fc.constant('container' as const), id: fc.string() }),
);

const entry: fc.Arbitrary<Entry> = fc.record({
  schema: fc.constant(1 as const),
  owner: identity,
  resource,
});

it('finds the owner again in the name, and the rest in the text', () => {
  fc.assert(
    fc.property(entry, (one) => {
      const parsed = parseEntryName(entryName(one, 'a1b2c3'));
      expect(parsed?.owner).toEqual(one.owner);
      expect(parseEntry(JSON.stringify(one))).toEqual(one);
    }),
  );
});

it('takes no text for an entry that is none', () => {
  fc.assert(fc.property(fc.json(), (text) => parseEntry(text) === undefined));
  const good = { schema: 1, owner: { pid: 5, start: '1', place: 'a-1' } };
  for (const wrong of [null, {}, { kind: 'process', process: { pid: 1 } }, { kind: 'tree' }])
    expect(parseEntry(JSON.stringify({ ...good, resource: wrong }))).toBeUndefined();
  // Process 1, or a group 0 or -1, would be everybody.
  const all = {
    kind: 'process',
    process: { pid: 1, start: '0', place: 'a-1' },
    stopSignal: 'SIGTERM',
  };
  expect(parseEntry(JSON.stringify({ ...good, resource: all }))).toBeUndefined();
  for (const name of ['x.json', '1.2.json', '5.1.a-1.tree.x.json', '5.1.a-1.folder.x.json.aside'])
    expect(parseEntryName(name)).toBeUndefined();
});

it('reads what an earlier plan left, which had a kind for each service', () => {
  const owner = { pid: 5, start: '1', place: 'a-1' };
  const at = { name: 'plan_x', service: 'url', server: 'host:1' };
  const former = serviceNames.filter((name) => factsOf(name)?.formerKind !== undefined);
  expect(former).toEqual(['postgres', 'rabbitmq', 'redis']);
  for (const of of former) {
    const kind = factsOf(of)?.formerKind;
    const text = JSON.stringify({ schema: 1, owner, resource: { kind, ...at, index: 3 } });
    expect(parseEntry(text)?.resource).toEqual({ kind: 'place', of, ...at, index: 3 });
    expect(parseEntryName(`5.1.a-1.${kind}.x.json`)).toEqual({ owner, kind: 'place' });
    expect(parseEntryName(`5.1.a-1.url${kind}.x.json`)).toEqual({
      ...{ owner, kind: 'place', onUrlOf: of },
    });
  }
});
