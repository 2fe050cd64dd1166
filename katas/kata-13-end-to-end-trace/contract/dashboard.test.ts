import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  DashboardBuilder,
  QueryVariableBuilder,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../../../src/base/package.js';
import { panels } from './panels.js';

/**
 * The dashboard that `plan observe` gives to Grafana is made here, by Grafana's own typed builder. Where a
 * panel is other than what lies there: `PLAN_WRITE=1 npx vitest run dashboard`, then prettier, write it anew.
 */
const file = path.join(packageRoot, 'fixtures', 'dashboards', 'orders.json');
const prometheus = { type: 'prometheus', uid: 'plan-prometheus' };
const units: Readonly<Record<string, string>> = { '/s': 'reqps', '%': 'percent', ms: 'ms' };

function build(): unknown {
  const run = new QueryVariableBuilder('run')
    .label('run')
    .datasource(prometheus)
    .query('label_values(up, run)')
    // The newest is the one of now.
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .includeAll(true)
    .allValue('.*');
  // The second form of dashboards is known to the newest Grafana alone; this one, to all.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const dashboard = new DashboardBuilder('Orders')
    .uid('plan-orders')
    .tags(['plan'])
    .refresh('1s')
    .time({ from: 'now-5m', to: 'now' })
    .withVariable(run);
  for (const { title, unit, expression } of panels)
    dashboard.withPanel(
      new PanelBuilder()
        .title(title.en)
        .description(title.es)
        .unit(units[unit] ?? 'short')
        .min(0)
        .span(12)
        .height(7)
        .datasource(prometheus)
        .withTarget(
          new DataqueryBuilder()
            .datasource(prometheus)
            .expr(expression('run=~"$run"', '$__rate_interval'))
            .exemplar(true)
            .range(),
        ),
    );
  return JSON.parse(JSON.stringify(dashboard.build()));
}

it('is what lies in the package', () => {
  const built = build();
  if (process.env['PLAN_WRITE'] === '1') writeFileSync(file, JSON.stringify(built));
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(built);
});

const source = z.object({ type: z.literal('prometheus'), uid: z.literal('plan-prometheus') });
const place = z.object({
  x: z.int().min(0),
  y: z.int().min(0),
  w: z.int().max(24),
  h: z.int().min(1),
});

/** What Grafana needs to show it. */
const schema = z.object({
  uid: z.string().min(1).max(40),
  title: z.string().min(1),
  schemaVersion: z.int().min(36),
  templating: z.object({
    list: z.array(
      z.object({ name: z.literal('run'), type: z.literal('query'), datasource: source }),
    ),
  }),
  panels: z.array(
    z.object({
      type: z.literal('timeseries'),
      title: z.string().min(1),
      gridPos: place,
      datasource: source,
      targets: z
        .array(z.object({ expr: z.string().min(1), refId: z.string().optional() }))
        .length(1),
    }),
  ),
});

it('has a panel for each of the expressions, beside each other and one below the other', () => {
  const dashboard = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  expect(dashboard.panels.map(({ title }) => title)).toEqual(panels.map(({ title }) => title.en));
  const places = new Set(dashboard.panels.map(({ gridPos: { x, y } }) => `${x} ${y}`));
  expect(places.size).toBe(panels.length);
});
