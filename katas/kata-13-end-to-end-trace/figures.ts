import type { SpanSeen } from '../../src/kata/index.js';
import { isWatched, isWhole } from './story/threads.js';
import { budget } from './contract/objective.js';
import { median, msOf, serverOf } from './story/times.js';
import type { Placed, Story } from './story.js';

/** How many threads are whole, and where an order's time goes: medians, in milliseconds. */
export function figures(story: Story): Readonly<Record<string, number>> {
  const watched = story.placed.filter(isWatched);
  const whole = watched.filter(isWhole);
  const ways = whole.filter(({ act }) => act === 'crowd').flatMap(wayOf);
  const of = (part: keyof Way): number | undefined => median(ways.map((way) => way[part]));
  const [queue, total] = [of('queueMs'), of('totalMs')];
  return {
    spans: story.spans.length,
    ...(watched.length > 0 && { whole: Math.round((100 * whole.length) / watched.length) }),
    ...sloFigures(story.slo),
    ...figure('httpMs', of('httpMs')),
    ...figure('queueMs', queue),
    ...figure('workMs', of('workMs')),
    ...figure('databaseMs', of('databaseMs')),
    ...(queue !== undefined &&
      total !== undefined &&
      total > 0 && { queueShare: Math.round((100 * queue) / total) }),
  };
}

/** How many of the orders were good, and what that is of the budget for so many. */
function sloFigures(slo: Story['slo']): Record<string, number> {
  if (slo === undefined) return {};
  const all = slo.after.all - slo.before.all;
  const good = slo.after.good - slo.before.good;
  if (all <= 0) return {};
  const bad = 1 - good / all;
  return { goodShare: Math.round((1000 * good) / all) / 10, budgetBurnt: round(bad / budget) };
}

const round = (value: number): number => Math.round(value * 10) / 10;

interface Way {
  readonly httpMs: number;
  readonly queueMs: number;
  readonly workMs: number;
  readonly databaseMs: number;
  readonly totalMs: number;
}

/** By the spans: of programs on one machine, so that their clocks agree. */
function wayOf(one: Placed): Way[] {
  const spans = one.graphs.flatMap((graph) => graph.spans);
  const find = (kind: SpanSeen['kind'], service: string): SpanSeen | undefined =>
    spans.find((span) => span.kind === kind && span.service === service);
  const server = serverOf(one);
  const [producer, consumer] = [find('producer', 'api'), find('consumer', 'worker')];
  const database = find('client', 'worker');
  if (!server || !producer || !consumer || !database) return [];
  return [
    {
      httpMs: msOf(server),
      queueMs: Math.max(0, (consumer.startUs - producer.startUs) / 1000),
      workMs: msOf(consumer),
      databaseMs: msOf(database),
      totalMs: (consumer.endUs - server.startUs) / 1000,
    },
  ];
}

const figure = (name: string, value: number | undefined): Record<string, number> =>
  value === undefined ? {} : { [name]: Math.round(value * 10) / 10 };
