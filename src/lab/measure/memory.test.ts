import { expect, it } from 'vitest';
import { heldBy, watchMemory } from './memory.js';

const all = [
  { pid: 1, parent: 0 },
  { pid: 10, parent: 1 },
  { pid: 11, parent: 10 },
  { pid: 20, parent: 10 },
  { pid: 21, parent: 20 },
  { pid: 30, parent: 1 },
  { pid: 31, parent: 30 },
  { pid: 32, parent: 30 },
  { pid: 99, parent: 1 },
];
const holds = (pid: number) => ({ own: pid, shared: pid === 31 ? 1000 : 100 });

it('adds up what each holds alone, and once what a family shares', () => {
  const seen = heldBy({ lab: 10, programs: [20], services: [30] }, all, holds);
  expect(seen).toEqual({
    ...{ lab: 10 + 11 + 100, programs: 20 + 21 + 100, services: 30 + 31 + 32 + 1000 },
    bytes: 121 + 141 + 1093,
  });
});

it('takes a server that this program has started for a service, not for the lab', () => {
  const own = [
    { pid: 10, parent: 1 },
    { pid: 30, parent: 10 },
    { pid: 31, parent: 30 },
  ];
  const { lab, services } = heldBy({ lab: 10, programs: [], services: [30] }, own, holds);
  expect([lab, services]).toEqual([110, 1061]);
});

it('says nothing of services that run elsewhere', () => {
  const seen = heldBy({ lab: 10, programs: [20], services: undefined }, all, holds);
  expect(seen).toEqual({ lab: 121, programs: 141, bytes: 262 });
});

it.runIf(process.platform === 'linux')('sees this process', () => {
  const { pid } = process;
  const seen = watchMemory(() => ({ lab: pid, programs: [], services: [] }))();
  expect(seen).toMatchObject({ programs: 0, services: 0 });
  expect(seen?.lab).toBeGreaterThan(1024 ** 2);
  expect(seen?.bytes).toBe(seen?.lab);
});
