import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { roles } from '../contract.js';
import { requirements } from './requirements.js';

const folder = path.resolve(import.meta.dirname, '..', 'twins');
const listed = JSON.parse(readFileSync(path.join(folder, 'twins.json'), 'utf8')) as {
  broken: Readonly<Record<string, { caughtBy: string }>>;
};

/** Broken, by the requirement that owns the rule which catches each. */
const broken = Object.entries(listed.broken).flatMap(([name, { caughtBy }]) => {
  const requirement = requirements.find(({ rules }) => rules.includes(caughtBy));
  return requirement ? [{ name, place: path.join(folder, name), requirement }] : [];
});

it.each(requirements)('of $title.en has three broken twins', (requirement) => {
  const names = broken.filter((one) => one.requirement === requirement).map(({ name }) => name);
  expect(names.length, names.join(', ')).toBeGreaterThanOrEqual(3);
});

it('has twins in each of the four languages, of each role', () => {
  const languages = new Set(broken.map(({ name }) => name.split('-')[0]));
  expect([...languages].sort()).toEqual(['go', 'node', 'python', 'rust']);
  const played = broken.map(({ place }) => readdirSync(place));
  expect(new Set(played.flat())).toEqual(new Set(roles));
});

it('has twins of which one service is wrong among right ones', () => {
  for (const { name, place } of broken) expect(readdirSync(place), name).toHaveLength(1);
});
