import path from 'node:path';
import { hasPrograms, type Kata } from '../../kata/define.js';
import type { CaseRecord, RunRecord } from '../../kata/run-record.js';
import { isLesson } from './choose.js';

/** What is known beside the run itself. */
export interface Surroundings {
  /** What to type for the kata. */
  readonly word: string;
  readonly hints: number;
  /** Theory notes about the kata. */
  readonly notes: readonly string[];
  /** Of the plan's items; undefined without a progress.json. */
  readonly progress: { readonly done: number; readonly all: number } | undefined;
  readonly nextKata: string | undefined;
  /** The last lesson, and the last run of the same implementation. */
  readonly lesson: RunRecord | undefined;
  readonly before: RunRecord | undefined;
  /** In watch mode one key does what a command does elsewhere. */
  readonly isWatched: boolean;
}

export type Onward =
  | { readonly kind: 'lesson'; readonly commands: readonly Command[] }
  | { readonly kind: 'violated'; readonly commands: readonly Command[] }
  | { readonly kind: 'never-started'; readonly log: string; readonly commands: readonly Command[] }
  | (Moment & { readonly kind: 'holds'; readonly commands: readonly Command[] })
  | { readonly kind: 'other'; readonly commands: readonly Command[] };

export interface Command {
  readonly command: string;
  readonly why: Why;
}

export type Why =
  'nowYours' | 'hint' | 'again' | 'hintsLeft' | 'solution' | 'readOn' | 'next' | 'doc';

/** The learner's own holds: beside the references, and beside what it was before. */
interface Moment {
  readonly p95: number | null;
  readonly cures: readonly { readonly name: string; readonly p95: number }[];
  readonly changes: readonly {
    readonly figure: string;
    readonly before: number;
    readonly now: number;
  }[];
  readonly progress: Surroundings['progress'];
}

/** Pure: what the run asks the learner to do next. */
export function onwardOf(kata: Kata, record: RunRecord, around: Surroundings): Onward {
  const { word } = around;
  const doc: Command = { command: `plan doc ${word}`, why: 'doc' };
  const own = record.cases.filter(isOwn);
  const [first] = own;
  if (first === undefined) {
    const isNow = hasPrograms(kata) && isLesson(kata, record);
    const yours: Command = { command: `plan new ${word}`, why: 'nowYours' };
    return { kind: isNow ? 'lesson' : 'other', commands: isNow ? [yours, doc] : [doc] };
  }
  const hint: Command[] =
    around.hints > 0 ? [{ command: `plan show ${word} --hint 1`, why: 'hint' }] : [];
  const error = own.find(({ verdict }) => verdict === 'error');
  if (error && error.counts.requests === 0) {
    const log = path.join(record.folder, 'logs', `${error.slug}.log`);
    return { kind: 'never-started', log, commands: [] };
  }
  if (own.some(({ verdict }) => verdict === 'violated')) {
    const again = `plan ${record.command.join(' ')} --watch`;
    return {
      kind: 'violated',
      commands: around.isWatched ? hint : [...hint, { command: again, why: 'again' }],
    };
  }
  if (own.some(({ verdict }) => verdict !== 'holds')) return { kind: 'other', commands: [doc] };
  return { kind: 'holds', ...momentOf(kata, first, around), commands: afterHolding(around, doc) };
}

function afterHolding(
  { word, hints, notes, nextKata }: Surroundings,
  doc: Command,
): readonly Command[] {
  return [
    doc,
    { command: `plan show ${word} --solution`, why: 'solution' },
    ...(hints > 0 ? [{ command: `plan show ${word} --hint 1`, why: 'hintsLeft' } as const] : []),
    ...notes.slice(0, 1).map((slug) => ({ command: `plan show ${slug}`, why: 'readOn' }) as const),
    ...(nextKata === undefined ? [] : [{ command: `plan show ${nextKata}`, why: 'next' } as const]),
  ];
}

function momentOf(kata: Kata, now: CaseRecord, around: Surroundings): Moment {
  const { lesson, before, progress } = around;
  const p95 = now.latency?.p95 ?? null;
  const cures = (lesson?.cases ?? []).flatMap((one) =>
    one.verdict === 'holds' && typeof one.latency?.p95 === 'number' && isLike(one, now)
      ? [{ name: one.strategy, p95: one.latency.p95 }]
      : [],
  );
  const was = before?.cases.find((one) => isOwn(one) && isLike(one, now));
  const changes = kata.columns.flatMap(({ figure }) => {
    const [then, is] = [was?.figures[figure], now.figures[figure]];
    return then !== undefined && is !== undefined && then !== is
      ? [{ figure, before: then, now: is }]
      : [];
  });
  return { p95, cures, changes, progress };
}

/** Figures of other options compare with nothing. */
function isLike(one: CaseRecord, other: CaseRecord): boolean {
  return JSON.stringify(one.options) === JSON.stringify(other.options);
}

export function isOwn({ implementation }: CaseRecord): boolean {
  return implementation.kind === 'own' || implementation.kind === 'mixed';
}
