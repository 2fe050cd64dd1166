import type { Tracks } from '../../../src/kata/index.js';
import { objective } from './objective.js';
import { panels, type PanelsNote } from './panels.js';

/** The panels of the dashboard, from what they came to in this run. */
export function tracksOf(
  { stepMs, panels: seen }: PanelsNote,
  { goodShare, budgetBurnt }: Readonly<Record<string, number>>,
): Tracks {
  const told = goodShare !== undefined && budgetBurnt !== undefined;
  const asked = `${100 * objective} %`;
  return {
    title: told
      ? {
          en: `By PromQL: ${goodShare} % good of ${asked}, ${budgetBurnt} error budgets spent`,
          es: `Según PromQL: ${goodShare} % buenos de ${asked}, ${budgetBurnt} presupuestos de error gastados`,
        }
      : { en: 'By PromQL', es: 'Según PromQL' },
    panels: true,
    stepMs,
    rows: panels.flatMap(({ id, title, unit }) => {
      const values = seen.find((one) => one.id === id)?.values;
      if (values === undefined) return [];
      const levels = values.map((value) => Math.max(0, Math.round(10 * (value ?? 0)) / 10));
      return [{ name: title, levels, together: 'highest' as const, unit }];
    }),
    phases: [],
  };
}
