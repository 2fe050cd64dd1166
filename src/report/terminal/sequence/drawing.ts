import { sequenceTexts } from '../../../i18n/sequence.js';
import type { Locale } from '../../../i18n/text.js';
import type { Sequence, Step } from '../../../kata/sequence/index.js';
import { wrap } from '../../view/wrap.js';
import { style, type Paint } from '../style.js';
import { isRelief, labelOf, laneName, sinceFirst } from '../../view/sequence.js';

const timeWidth = 9;
/** Names and arrows need so much between two lanes. */
const narrowestLane = 9;
/** Fewer columns than this can't tell what a step is. */
const narrowestLabel = 20;

/**
 * Lanes side by side with time downwards, what each step says to their right; one line a step where
 * there is no room for lanes.
 */
export function drawSequence(locale: Locale, sequence: Sequence, width: number): string[] {
  const names = sequence.lanes.map((lane) => laneName(locale, lane));
  const gap = Math.max(narrowestLane, ...names.slice(0, -1).map(({ length }) => length + 2));
  const field = gap * Math.max(0, names.length - 1) + Math.max(1, names.at(-1)?.length ?? 1);
  const room = Math.min(width, 200) - timeWidth - field - 3;
  if (room < narrowestLabel)
    return sequence.steps.flatMap((step) => told(locale, sequence, step, width));
  const head = names.map((name, at) => (at < names.length - 1 ? name.padEnd(gap) : name)).join('');
  const rows = sequence.steps.flatMap((step) => {
    const bars = laneBars(sequence.lanes, step, gap).padEnd(field);
    const [first = '', ...rest] = wrap(labelOf(locale, step), room);
    const idle = barsOnly(sequence.lanes.length, gap).padEnd(field);
    return [
      `${sinceFirst(sequence, step).padStart(timeWidth - 1)} ${bars}   ${painterOf(step)(first)}`,
      ...rest.map((line) => `${' '.repeat(timeWidth)}${idle}   ${painterOf(step)(line)}`),
    ];
  });
  return [`${'ms'.padStart(timeWidth - 1)} ${style.dim(head)}`.trimEnd(), ...rows];
}

function told(locale: Locale, sequence: Sequence, step: Step, width: number): string[] {
  const t = sequenceTexts[locale];
  const to =
    'to' in step ? step.to.map((lane) => laneName(locale, lane)).join(', ') || t.nobody : '';
  const who =
    'role' in step ? laneName(locale, step.role) : t.stacked(laneName(locale, step.from), to);
  const label =
    step.kind === 'suffers' ? labelOf(locale, step) : `${who}: ${labelOf(locale, step)}`;
  const lines = wrap(label, Math.max(narrowestLabel, width - timeWidth));
  return lines.map((line, at) => {
    const time = at === 0 ? sinceFirst(sequence, step).padStart(timeWidth - 1) : '';
    return `${time.padEnd(timeWidth)}${painterOf(step)(line)}`;
  });
}

function barsOnly(lanes: number, gap: number): string {
  return Array.from({ length: lanes }, () => '│').join(' '.repeat(gap - 1));
}

function laneBars(lanes: readonly string[], step: Step, gap: number): string {
  const row = barsOnly(lanes.length, gap).split('');
  const put = (at: number, sign: string): void => {
    if (at >= 0) row[at] = sign;
  };
  const placeOf = (lane: string): number => lanes.indexOf(lane) * gap;
  if ('role' in step) {
    put(placeOf(step.role), step.kind === 'does' ? '■' : isRelief(step) ? '○' : '✘');
    return row.join('');
  }
  const from = placeOf(step.from);
  if (from < 0) return row.join('');
  const line = step.kind === 'answers' ? '╌' : '─';
  const targets = step.to.map(placeOf).filter((at) => at >= 0 && at !== from);
  const [least, most] = [Math.min(from, ...targets), Math.max(from, ...targets)];
  for (let at = least + 1; at < most; at += 1) put(at, row[at] === '│' ? '┼' : line);
  for (const at of targets) {
    put(at, '│');
    put(at > from ? at - 1 : at + 1, at > from ? '▶' : '◀');
  }
  put(from, from === least ? '├' : from === most ? '┤' : '┼');
  // Nobody takes it, or only whoever sent it.
  if (targets.length === 0) {
    put(from, '├');
    put(from + 1, line);
    put(from + 2, step.to.length > 0 ? '↺' : line);
  }
  return row.join('');
}

function painterOf(step: Step): Paint {
  if (step.kind === 'suffers') return isRelief(step) ? style.green : style.red;
  if (step.kind === 'does') return style.bold;
  return (text) => text;
}
