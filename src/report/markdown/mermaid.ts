import { sequenceTexts } from '../../i18n/sequence.js';
import type { Locale } from '../../i18n/text.js';
import type { Sequence, Step } from '../../kata/sequence/index.js';
import { foreignLine } from '../view/foreign.js';
import { labelOf, laneName } from '../view/sequence.js';

/** A page with more than this is read by nobody. */
const mostSteps = 60;

/** As GitHub and others draw it. Lanes have names of ours, whatever roles are called. */
export function mermaidOf(locale: Locale, { lanes, steps }: Sequence): string {
  const idOf = (lane: string): string | undefined =>
    lanes.includes(lane) ? `p${lanes.indexOf(lane)}` : undefined;
  const shown = steps.slice(0, mostSteps);
  const left = steps.length - shown.length;
  const last = `p${Math.max(0, lanes.length - 1)}`;
  return [
    'sequenceDiagram',
    ...lanes.map((lane, at) => `  participant p${at} as ${escaped(laneName(locale, lane))}`),
    ...shown.flatMap((step) => linesOf(locale, step, idOf).map((line) => `  ${line}`)),
    ...(left > 0 && lanes.length > 0
      ? [`  Note over p0,${last}: ${sequenceTexts[locale].moreSteps(left)}`]
      : []),
  ].join('\n');
}

/** Called, answered, told to whom it may concern. */
const arrows = { asks: '->>', answers: '-->>', tells: '-)' } as const;

function linesOf(locale: Locale, step: Step, idOf: (lane: string) => string | undefined): string[] {
  const label = escaped(labelOf(locale, step));
  if ('role' in step) return [`Note over ${idOf(step.role) ?? 'p0'}: ${label}`];
  const from = idOf(step.from);
  const targets = step.to.flatMap((lane) => idOf(lane) ?? []);
  if (from === undefined) return [`Note over ${targets[0] ?? 'p0'}: ${label}`];
  if (targets.length === 0) return [`Note over ${from}: ${label}`];
  return targets.map((to) => `${from}${arrows[step.kind]}${to}: ${label}`);
}

/** What would be read as syntax, as Mermaid's own entity codes; never empty. */
export function escaped(text: string): string {
  const shown = foreignLine(text).replace(/[#;%<>"`:{}]/g, (char) => `#${char.codePointAt(0)};`);
  return shown.trim() === '' ? '…' : shown;
}
