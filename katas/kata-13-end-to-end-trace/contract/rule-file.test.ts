import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { alerts } from './objective.js';
import { compressed, durationOf, real, ruleFile } from './rule-file.js';

it('is the rule file that lies there', () => {
  const file = path.join(import.meta.dirname, 'rules.yml');
  expect(readFileSync(file, 'utf8')).toBe(ruleFile(real));
});

it('has a share over each window, and an alert for each pair of them', () => {
  const { groups } = parse(ruleFile(real)) as {
    groups: { rules: { record?: string; alert?: string; expr: string }[] }[];
  };
  const rules = groups.flatMap((group) => group.rules);
  expect(rules.flatMap(({ record }) => record ?? [])).toEqual(
    ['5m', '30m', '1h', '2h', '6h', '1d', '3d'].map((window) => `run:orders_bad:share${window}`),
  );
  expect(rules.flatMap(({ alert }) => alert ?? [])).toEqual(alerts.map(({ name }) => name));
  expect(rules.at(-4)?.expr).toBe(
    'run:orders_bad:share1h > 0.144 and run:orders_bad:share5m > 0.144',
  );
});

it('is the same in short, with windows of seconds', () => {
  const text = ruleFile(compressed(300));
  expect(text).toContain('record: run:orders_bad:share5m');
  expect(text).toContain('[1s]');
  expect(text).toContain('[12s]');
  expect(text).not.toContain('OrdersBurnSlowly');
});

it('writes durations as PromQL does', () => {
  expect([0.5, 1, 90, 300, 3_600, 172_800].map(durationOf)).toEqual([
    '500ms',
    '1s',
    '90s',
    '5m',
    '1h',
    '2d',
  ]);
});
