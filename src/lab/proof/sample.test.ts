import { describe, expect, it } from 'vitest';
import { sampleOf } from './sample.js';
import type { Twin } from './twins-file.js';

const broken = (name: string, by: string, ...options: string[]): Twin => ({
  ...{ name, kind: 'broken', place: `/nowhere/${name}.js`, options },
  wanted: { verdict: 'violated', by },
});
const right = (name: string): Twin => ({
  ...{ name, kind: 'right', place: `/nowhere/${name}.js`, options: [] },
  wanted: { verdict: 'holds' },
});

const namesOf = async (...twins: Twin[]): Promise<string[]> =>
  (await sampleOf(twins)).map(({ name }) => name);

describe('a sample of twins', () => {
  it('has one for each rule in each act', async () => {
    const names = await namesOf(
      broken('a', 'none-lost', '--act', 'crash'),
      broken('b', 'none-lost', '--act', 'crash'),
      broken('c', 'none-lost', '--act', 'load'),
      broken('d', 'none-twice', '--act', 'crash'),
    );
    expect(names).toEqual(['a', 'c', 'd']);
  });

  it('has all that are right', async () => {
    expect(await namesOf(right('a'), right('b'), broken('c', 'none-lost'))).toHaveLength(3);
  });

  it('has nothing of nothing', async () => {
    expect(await namesOf()).toEqual([]);
  });
});
