import { describe, expect, it } from 'vitest';
import { Together } from './together.js';

describe('several that begin together', () => {
  it('wait for the last of them', async () => {
    const together = new Together(2);
    const seen: string[] = [];
    const first = together.ready().then(() => seen.push('first'));
    void together.begun.then(() => seen.push('begun'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([]);
    await Promise.all([first, together.ready()]);
    expect([...seen].sort()).toEqual(['begun', 'first']);
  });
});
