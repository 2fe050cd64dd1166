import { expect, it } from 'vitest';
import { Refused } from './publish.js';
import { publishAll } from './refused.js';

/** A broker that never takes these, and remembers what it took. */
function broker(refuses: readonly string[]) {
  const took: string[] = [];
  const asked: string[][] = [];
  const publish = (rows: readonly string[]): Promise<void> => {
    asked.push([...rows]);
    if (rows.some((row) => refuses.includes(row))) return Promise.reject(new Refused('too large'));
    took.push(...rows);
    return Promise.resolve();
  };
  return { publish, took, asked };
}

const nobodyElse = (): Promise<string | undefined> => Promise.resolve(undefined);

it('publishes all at once where the broker takes them', async () => {
  const { publish, asked } = broker([]);
  expect(await publishAll(publish, ['a', 'b'], nobodyElse)).toEqual([]);
  expect(await publishAll(publish, [], nobodyElse)).toEqual([]);
  expect(asked).toEqual([['a', 'b']]);
});

it('tells of one that the broker refuses each time while it takes others', async () => {
  const { publish, took, asked } = broker(['b']);
  const refused = await publishAll(publish, ['a', 'b', 'c'], nobodyElse);
  expect(refused).toEqual([{ row: 'b', reason: 'too large' }]);
  expect(took).toEqual(['a', 'c']);
  expect(asked.filter((rows) => rows.join() === 'b')).toHaveLength(3);
});

it('waits for a broker that refuses everybody', async () => {
  const { publish } = broker(['a', 'other']);
  await expect(publishAll(publish, ['a'], nobodyElse)).rejects.toThrow(Refused);
  await expect(publishAll(publish, ['a'], () => Promise.resolve('other'))).rejects.toThrow(Refused);
});

it('tries another where all that it has are refused', async () => {
  const { publish, took } = broker(['a']);
  const refused = await publishAll(publish, ['a'], () => Promise.resolve('other'));
  expect(refused).toEqual([{ row: 'a', reason: 'too large' }]);
  expect(took).toEqual(['other']);
});

it('waits for a broker that is away, and sets nothing aside', async () => {
  const away = (): Promise<void> => Promise.reject(new Error('no connection'));
  await expect(publishAll(away, ['a'], nobodyElse)).rejects.toThrow('no connection');
});
