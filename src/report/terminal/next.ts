import { nextTexts } from '../../i18n/next.js';
import type { Locale, Text } from '../../i18n/text.js';
import type { Does } from '../../kata/does.js';
import { hang } from './hang.js';
import { print } from './output.js';
import { style } from './style.js';
import { paceSentences, type ProgressView } from '../view/progress.js';

/** What `plan next` shows; `plan/next-steps.ts` makes it. */
interface NextStepsView {
  readonly date: string;
  readonly startedOn: string | null;
  readonly hasProgress: boolean;
  readonly phase: keyof (typeof nextTexts)['en']['phases'];
  readonly week: number | undefined;
  readonly weeks: number;
  readonly weekOne: string;
  readonly endsOn: string;
  readonly standing: { readonly items: number; readonly days: number };
  readonly block: { readonly title: Text };
  readonly asks: readonly StepView[];
  readonly leftOver: readonly StepView[];
  readonly review: (Commands & { readonly milestone: Text | null }) | null;
  readonly resources: readonly Text[];
  readonly finalOpen: number | null;
  readonly nextLevel: readonly (Text & { readonly note: string | null })[];
  readonly command: string;
  readonly does: Does;
}

interface StepView extends Commands {
  readonly label: Text;
  readonly due: string;
  readonly isLate: boolean;
  readonly source: Text | null;
  readonly note: string | null;
  readonly points: readonly Text[];
  readonly kata: string | null;
  readonly isInLab: boolean;
  readonly held?: { readonly done: number; readonly total: number };
}

/** Commands, and what each does, in the same order. */
interface Commands {
  readonly commands: readonly string[];
  readonly does: readonly Does[];
}

/** More than this is no plan for one day. */
const mostAsked = 5;
const mostLeftOver = 3;

/** To ask how wide the terminal is would load the network stack: see `output.ts`. */
const mostColumns = 80;

/** `plan next` on the terminal. */
export function reportNext(locale: Locale, view: NextStepsView): void {
  const t = nextTexts[locale];
  const parts = [
    headOf(locale, view),
    reviewOf(locale, view),
    asksOf(locale, view),
    leftOverOf(locale, view),
    endOf(locale, view),
    `${isTick(view.does) ? t.typeWhenDone : t.type} ${style.bold(view.command)}`,
  ];
  print(hang(parts.filter((part) => part !== '').join('\n\n'), mostColumns));
}

function isTick(does: Does): boolean {
  return does === 'tick' || does === 'milestone';
}

function headOf(locale: Locale, view: NextStepsView): string {
  const t = nextTexts[locale];
  const { date, startedOn, hasProgress, phase, block } = view;
  const weekday = t.weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? '';
  const title = style.bold(`${weekday} ${date} · ${t.phases[phase]}`);
  // Without a start the plan begins today, and nobody can be late.
  const pace: ProgressView['pace'] = { ...view, block: block.title };
  const where = paceSentences(locale, { pace, startedOn: startedOn ?? date });
  if (startedOn === null) where.push(hasProgress ? t.noStart : t.noProgress);
  return [title, ...where].join('\n  ');
}

function reviewOf(locale: Locale, { review }: NextStepsView): string {
  if (!review) return '';
  const t = nextTexts[locale];
  const said = (does: Does): string => {
    if (does === 'page') return t.page;
    if (does === 'report') return t.report;
    return t.milestone(review.milestone ? review.milestone[locale] : '');
  };
  return [style.bold(t.review), ...commandLines(review, said)].join('\n');
}

function asksOf(locale: Locale, { asks, phase, resources }: NextStepsView): string {
  if (asks.length === 0) return '';
  const t = nextTexts[locale];
  const isEarly = phase === 'before' || phase === 'warm-up';
  return [
    style.bold(isEarly ? t.early : t.today),
    ...asks.slice(0, mostAsked).flatMap((step) => stepLines(locale, step)),
    ...moreThan(locale, mostAsked, asks),
    ...(resources.length > 0 ? [`  ${t.along}`] : []),
    ...resources.map((resource) => `    ${resource[locale]}`),
  ].join('\n');
}

function leftOverOf(locale: Locale, { leftOver }: NextStepsView): string {
  if (leftOver.length === 0) return '';
  const t = nextTexts[locale];
  return [
    style.bold(t.leftOver),
    ...leftOver.slice(0, mostLeftOver).flatMap((step) => stepLines(locale, step)),
    ...moreThan(locale, mostLeftOver, leftOver),
  ].join('\n');
}

function endOf(locale: Locale, { finalOpen, nextLevel }: NextStepsView): string {
  const t = nextTexts[locale];
  if (finalOpen === null) return '';
  if (finalOpen > 0) return t.finalOpen(finalOpen);
  const lines = nextLevel.flatMap((entry) => [
    `  ${entry[locale]}`,
    ...(entry.note === null ? [] : [style.dim(`    plan show ${entry.note}`)]),
  ]);
  return [t.allDone, ...lines].join('\n');
}

function stepLines(locale: Locale, step: StepView): string[] {
  const t = nextTexts[locale];
  const when = step.isLate ? style.yellow(t.late(step.due)) : style.dim(t.due(step.due));
  return [
    `  ${step.label[locale]}  ${when}`,
    ...(step.held ? [`    ${t.held(step.held.done, step.held.total)}`] : []),
    ...step.points.map((point) => `    · ${point[locale]}`),
    ...howLines(locale, step),
  ];
}

function howLines(locale: Locale, step: StepView): string[] {
  const { source, note, kata, isInLab, commands } = step;
  const t = nextTexts[locale];
  if (note !== null) {
    const whenRead = source ? t.whenRead(source[locale]) : t.whenDone;
    return commandLines(step, (does) => (does === 'note' ? t.note : whenRead));
  }
  if (isInLab) {
    return commandLines(step, (does) => {
      if (does === 'page') return t.pageTicks;
      if (does === 'own') return t.own;
      return does === 'brief' ? t.brief : t.lesson;
    });
  }
  const how = kata === null ? (source ? t.read(source[locale]) : t.whenDone) : t.notInLab;
  return [`    ${how} ${style.cyan(commands.join(', '))}`];
}

function commandLines({ commands, does }: Commands, said: (does: Does) => string): string[] {
  const width = Math.max(...commands.map(({ length }) => length));
  return commands.map((command, at) => {
    const why = said(does[at] ?? 'lesson');
    return `    ${style.cyan(command.padEnd(width))}  ${style.dim(why)}`;
  });
}

function moreThan(locale: Locale, most: number, steps: readonly StepView[]): string[] {
  return steps.length > most ? [`  ${nextTexts[locale].more(steps.length - most)}`] : [];
}
