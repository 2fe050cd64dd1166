import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashSources } from '../base/hash.js';
import { stateOfEvidence, statesOfEvidence } from './evidence.js';
import type { Evidence, Progress } from './progress.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'plan-evidence-'));
  mkdirSync(path.join(root, 'mine'));
  writeFileSync(path.join(root, 'mine', 'main.go'), 'package main');
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const evidence = async (place: string): Promise<Evidence> => ({
  by: 'run',
  run: 'results/kata-4/x',
  implementation: { path: place, hash: await hashSources(path.resolve(root, place)) },
});

it('is fresh until the implementation changes, and again when the change is taken back', async () => {
  const relative = await evidence('mine');
  const absolute = await evidence(path.join(root, 'mine'));
  const states = () => Promise.all([relative, absolute].map((one) => stateOfEvidence(root, one)));
  expect(await states()).toEqual(['fresh', 'fresh']);
  writeFileSync(path.join(root, 'mine', 'main.go'), 'package main // better');
  expect(await states()).toEqual(['stale', 'stale']);
  writeFileSync(path.join(root, 'mine', 'main.go'), 'package main');
  expect(await states()).toEqual(['fresh', 'fresh']);
});

it('of a system is fresh while each of its programs is', async () => {
  mkdirSync(path.join(root, 'mine', 'order'));
  const order = { path: 'mine/order', hash: await hashSources(path.join(root, 'mine', 'order')) };
  const all = { path: 'mine', hash: 'of all together' };
  const one: Evidence = { by: 'run', run: 'x', implementation: all, roles: { order } };
  expect(await stateOfEvidence(root, one)).toBe('fresh');
  writeFileSync(path.join(root, 'mine', 'order', 'main.go'), 'package main');
  expect(await stateOfEvidence(root, one)).toBe('stale');
});

it('is gone with the implementation', async () => {
  const one = await evidence('mine');
  rmSync(path.join(root, 'mine'), { recursive: true });
  expect(await stateOfEvidence(root, one)).toBe('gone');
});

it('by hand does not go stale, nor does what another version calls evidence', async () => {
  expect(await stateOfEvidence(root, { by: 'hand' })).toBe('hand');
  expect(await stateOfEvidence(root, undefined)).toBe('hand');
  expect(await stateOfEvidence(root, { by: 'peer' } as unknown as Evidence)).toBe('hand');
});

it('hashes each implementation once', async () => {
  const hashed: string[] = [];
  const hash = (place: string) => {
    hashed.push(place);
    return Promise.resolve('h');
  };
  const of = (place: string, value: string) => ({
    date: '2026-01-05',
    evidence: { by: 'run', run: 'r', implementation: { path: place, hash: value } },
  });
  const progress = {
    items: { a: of('mine', 'h'), b: of('mine', 'other'), c: { date: null } },
  } as unknown as Progress;
  expect([...(await statesOfEvidence(root, progress, hash))]).toEqual([
    ['a', 'fresh'],
    ['b', 'stale'],
    ['c', 'hand'],
  ]);
  expect(hashed).toEqual([path.join(root, 'mine')]);
});
