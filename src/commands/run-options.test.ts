import { describe, expect, it } from 'vitest';
import type { Kata } from '../kata/define.js';
import { flagsOfRuns } from '../kata/schema.js';
import { runCommand } from './run-options.js';

const title = { en: 'A kata', es: 'Una kata' };
const kata = {
  id: 'a-kata',
  title,
  telemetry: true,
  languages: ['node'],
  strategies: { naive: title },
  options: {},
  acts: { flood: { title, breaks: [], covers: [] } },
} as unknown as Kata;

describe('the options of plan run', () => {
  it('are refused to katas as options of their own', () => {
    const flags = runCommand(kata).options.map(({ long = '' }) => long.replace(/^--/, ''));
    expect(flags).toContain('explain');
    expect(flags.filter((flag) => !flagsOfRuns.has(flag))).toEqual([]);
  });
});
