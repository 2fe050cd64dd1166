import type { Text } from '../i18n/text.js';
import type { Does } from '../kata/does.js';
import { askCalendar, type CalendarAnswer } from './calendar.js';
import { findBlock, type Curriculum, type Item, type ItemKind } from './curriculum.js';
import { heldOf, isDone, itemOf, type Progress } from './progress.js';
import type { Scheduled } from './schedule.js';

interface Situation {
  readonly curriculum: Curriculum;
  /** Undefined where there is no progress.json. */
  readonly progress: Progress | undefined;
  /** The learner's own date, YYYY-MM-DD. */
  readonly today: string;
  /** Ids of the katas that the lab has: `kata-4`. */
  readonly labKatas: ReadonlySet<string>;
  /** The slug of the note of each theory item that has one. */
  readonly notes: ReadonlyMap<string, string>;
}

/** Commands to type, and what each does, in the same order. */
interface Commands {
  readonly commands: readonly string[];
  readonly does: readonly Does[];
}

/** What a day asks for, with the commands to type. */
export interface NextSteps extends Pick<
  CalendarAnswer,
  'phase' | 'week' | 'weeks' | 'weekOne' | 'endsOn' | 'standing'
> {
  readonly date: string;
  /** Null where nothing says it: then the plan is told as if it began today. */
  readonly startedOn: string | null;
  readonly month: number;
  readonly block: { readonly id: string; readonly title: Text };
  readonly asks: readonly Step[];
  readonly leftOver: readonly Step[];
  /** On the day of a review only. */
  readonly review: (Commands & { readonly milestone: Text | null }) | null;
  /** To be read along with the theory asked for. */
  readonly resources: readonly Text[];
  /** Open points of the final checklist, once nothing else is open; null before. */
  readonly finalOpen: number | null;
  /** What the plan names for afterwards, once everything is done; empty before. */
  readonly nextLevel: readonly Later[];
  /** The command to type now, and what it does. */
  readonly command: string;
  readonly does: Does;
}

export interface Later extends Text {
  /** The slug of its note, for `plan show`; null where it has none. */
  readonly note: string | null;
}

export interface Step extends Commands {
  readonly id: string;
  readonly kind: ItemKind;
  readonly label: Text;
  /** The last day on which it is on time, YYYY-MM-DD. */
  readonly due: string;
  readonly isLate: boolean;
  /** Where its theory is; null for everything else. */
  readonly source: Text | null;
  /** The slug of its note, for `plan show`; null where it has none. */
  readonly note: string | null;
  /** What a practice comes to. */
  readonly points: readonly Text[];
  readonly kata: string | null;
  /** True where the step is a kata that this lab can run. */
  readonly isInLab: boolean;
  /** Of a system: how many of its services have held as the learner's own; left out where none has. */
  readonly held?: { readonly done: number; readonly total: number };
}

/** Pure: everything that `plan next` tells. */
export function nextSteps(situation: Situation): NextSteps {
  const { curriculum, progress, today } = situation;
  const startedOn = progress?.startedOn ?? null;
  const done = (id: string): boolean => progress !== undefined && isDone(itemOf(progress, id));
  const answer = askCalendar({ curriculum, startedOn: startedOn ?? today, today, isDone: done });
  const { phase, week, weeks, weekOne, endsOn, standing, block, finalOpen } = answer;
  const step = (scheduled: Scheduled) => stepOf(scheduled, situation);
  const asks = answer.asks.map(step);
  const review = phase === 'review' ? reviewOf(answer, situation, done) : null;
  const isThrough = asks.length === 0;
  return {
    ...{ date: today, startedOn, phase, week, weeks, weekOne, endsOn, standing },
    month: block.month,
    block: { id: block.id, title: block.title },
    asks,
    leftOver: answer.leftOver.map(step),
    review,
    resources: resourcesOf(answer.asks, curriculum),
    finalOpen: isThrough ? finalOpen.length : null,
    nextLevel:
      isThrough && finalOpen.length === 0
        ? curriculum.nextLevel.entries.map(({ id, label }) => ({
            ...label,
            note: situation.notes.get(id) ?? null,
          }))
        : [],
    ...(firstOf(review) ?? firstOf(asks[0]) ?? lastOf(finalOpen.length > 0)),
  };
}

type Command = Pick<NextSteps, 'command' | 'does'>;

function firstOf(some: Commands | null | undefined): Command | undefined {
  const [command] = some?.commands ?? [];
  const [does] = some?.does ?? [];
  return command === undefined || does === undefined ? undefined : { command, does };
}

function lastOf(isFinalOpen: boolean): Command {
  return isFinalOpen
    ? { command: 'plan checklist --final', does: 'final-list' }
    : { command: 'plan report', does: 'report' };
}

function inOrder(commands: readonly Command[]): Commands {
  return {
    commands: commands.map(({ command }) => command),
    does: commands.map(({ does }) => does),
  };
}

function stepOf({ item, due }: Scheduled, situation: Situation) {
  const { curriculum, labKatas, notes, progress, today } = situation;
  const { id, kind, label, kata = null } = item;
  const isInLab = kata !== null && labKatas.has(kata);
  const by = tickedBy(item, labKatas);
  const block = findBlock(curriculum, item.block ?? '');
  const note = notes.get(id) ?? null;
  const held = kata === null ? undefined : heldOf(progress, kata);
  return {
    ...{ id, kind, label, due, note, kata, isInLab },
    isLate: due < today,
    ...(held && { held }),
    source: kind === 'theory' ? (block?.source ?? null) : null,
    points: item.points.map((point) => point.label),
    ...inOrder(
      by !== 'hand' && kata !== null
        ? kataCommands(by, kata, hasRun(progress, kata))
        : readCommands(note, id),
    ),
  } satisfies Step;
}

/**
 * What ticks an item: of a kata of the lab, a run in which the learner's own program holds, and of
 * one without programs the page that `plan doc` writes; everything else is ticked by hand.
 */
export function tickedBy(
  { kata, shownBy }: Partial<Pick<Item, 'kata' | 'shownBy'>>,
  labKatas: ReadonlySet<string>,
): 'own' | 'page' | 'hand' {
  if (kata === undefined || !labKatas.has(kata)) return 'hand';
  return shownBy === 'page' ? 'page' : 'own';
}

/** After a run, what remains is what ticks it. */
function kataCommands(by: 'own' | 'page', kata: string, isRun: boolean): Command[] {
  const lesson = { command: `plan run ${kata}`, does: 'lesson' } as const;
  const brief = { command: `plan show ${kata}`, does: 'brief' } as const;
  const last: Command =
    by === 'page'
      ? { command: `plan doc ${kata}`, does: 'page' }
      : { command: `plan run ${kata} --impl ./mine`, does: 'own' };
  return isRun ? [last, brief, lesson] : [lesson, brief, last];
}

function hasRun(progress: Progress | undefined, kata: string): boolean {
  return progress !== undefined && Object.hasOwn(progress.katas, kata);
}

function readCommands(note: string | null, id: string): Command[] {
  const read = note === null ? [] : [{ command: `plan show ${note}`, does: 'note' } as const];
  return [...read, { command: `plan check ${id}`, does: 'tick' }];
}

/** A page of the journal for each kata of the block that was run, then the report. */
function reviewOf(
  { block, week }: CalendarAnswer,
  { curriculum, progress, labKatas }: Situation,
  done: (id: string) => boolean,
): NextSteps['review'] {
  const katas = block.items.flatMap(({ kata }) => kata ?? []);
  const pages = katas.filter((kata) => labKatas.has(kata) && hasRun(progress, kata));
  const month = curriculum.months.find(({ weeks }) => weeks[1] === week);
  const isReached = month !== undefined && !done(month.milestone.id);
  return {
    ...inOrder([
      ...pages.map((kata): Command => ({ command: `plan doc ${kata}`, does: 'page' })),
      { command: 'plan report', does: 'report' },
      ...(isReached ? [milestoneCommand(month.milestone.id)] : []),
    ]),
    milestone: isReached ? month.milestone.label : null,
  };
}

function milestoneCommand(id: string): Command {
  return { command: `plan check ${id}`, does: 'milestone' };
}

/** Those of the phase that the first theory asked for belongs to: of one late by months too. */
function resourcesOf(asks: readonly Scheduled[], curriculum: Curriculum): Text[] {
  const block = asks.find(({ item }) => item.kind === 'theory')?.item.block;
  return curriculum.resources.phases
    .filter((phase) => block !== undefined && phase.blocks.includes(block))
    .flatMap(({ entries }) => entries.map(({ label }) => label));
}
