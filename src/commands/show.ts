import { exitCodes, PlanError } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { showTexts } from '../i18n/show.js';
import { type Text, getLocale, texts } from '../i18n/text.js';
import { readBrief } from '../kata/brief.js';
import { hasKata, kataIds, listKatas } from '../kata/discover.js';
import { findItem, loadCurriculum, type Curriculum, type Item } from '../plan/curriculum.js';
import { findLaterNote, findSideNote, findTheory, readingsOf } from '../plan/find-theory.js';
import { loadNotes, readNote, type LaterNote, type Note, type SideNote } from '../plan/notes.js';
import { printJson } from '../report/terminal/output.js';
import { noteJson, showNote, type Theory } from '../report/terminal/show-note.js';
import { showAllJson, showAll, type Showable } from '../report/terminal/show-all.js';
import { kataJson, showHint, showKata } from '../report/terminal/show.js';
import { isOutside, openKata } from './open-kata.js';

interface Options {
  hint?: string;
  /** With or without a strategy. */
  solution?: string | true;
  json?: boolean;
}

/**
 * `plan show <name>`: a kata's brief, or the note of a theory item. `--hint N` shows that hint of a
 * kata and nothing else. Without a name: what there is to show.
 */
export async function show(name: string | undefined, options: Options): Promise<undefined> {
  const { json = false, hint } = options;
  if (name === undefined) {
    if (hint !== undefined) throw hintWithoutKata();
    const all = await everything();
    if (json) printJson(showAllJson(getLocale(), all));
    else showAll(getLocale(), all);
    return;
  }
  const curriculum = loadCurriculum();
  const kata = kataOf(curriculum, name);
  if (kata !== undefined) return showKataOf(kata, options);
  const theory = await theoryNamed(curriculum, name);
  if (!theory && isOutside(name)) return showKataOf(name, options);
  if (!theory) throw nothingToShow(curriculum, name);
  if (hint !== undefined) throw hintWithoutKata();
  if (json) printJson(noteJson(getLocale(), theory));
  else showNote(getLocale(), theory);
}

/** A kata of the lab, by its id, its number, its folder or its item. */
function kataOf(curriculum: Curriculum, name: string): string | undefined {
  if (hasKata(name)) return name;
  const kata = findItem(curriculum, name)?.kata;
  return kata !== undefined && hasKata(kata) ? kata : undefined;
}

async function showKataOf(
  id: string,
  { hint, solution, json = false }: Options,
): Promise<undefined> {
  const found = await openKata(id);
  if (solution !== undefined) {
    const { showSolution } = await import('./solution.js');
    return showSolution(found, solution);
  }
  const brief = await readBrief(found.folder, getLocale());
  const hints = brief?.hints ?? [];
  const number = hint === undefined ? undefined : hintNumber(hint, hints.length);
  if (json) printJson(kataJson(getLocale(), found, brief, number));
  else if (number === undefined) showKata(getLocale(), found, brief);
  else showHint(getLocale(), found, hints, number);
}

async function theoryNamed(curriculum: Curriculum, name: string): Promise<Theory | undefined> {
  const notes = loadNotes();
  const side = findSideNote(notes, name);
  if (side) return besideOf(curriculum, side);
  const later = findLaterNote(curriculum, notes, name);
  if (later) return afterPlan(curriculum, later);
  const item = findTheory(curriculum, notes, name);
  return item && theoryOf(curriculum, item);
}

async function theoryOf(curriculum: Curriculum, item: Item): Promise<Theory> {
  const { id, label, month, weeks } = item;
  const note = loadNotes().find((each) => each.item === id);
  const readings = readingsOf(curriculum, item);
  return {
    item: id,
    label,
    month,
    weeks,
    readings,
    note: note && (await noteOf(curriculum, note)),
  };
}

/** What the plan does not name: it has the place of the item that it is read after, and no tick. */
async function besideOf(curriculum: Curriculum, note: SideNote): Promise<Theory> {
  const { month = 0, weeks = [0, 0] } = findItem(curriculum, note.after) ?? {};
  const place = { item: undefined, label: note.label, month, weeks, readings: [] } as const;
  return { ...place, note: await noteOf(curriculum, note) };
}

async function afterPlan(curriculum: Curriculum, note: LaterNote): Promise<Theory> {
  const { month, weeks } = findItem(curriculum, 'final.1') ?? { month: 0, weeks: [0, 0] };
  const place = { item: undefined, label: labelOf(curriculum, note), month, weeks, readings: [] };
  return { ...place, note: await noteOf(curriculum, note) };
}

async function noteOf(curriculum: Curriculum, note: Note): Promise<NonNullable<Theory['note']>> {
  const { slug, aliases } = note;
  const katas = note.katas.map((kata) => ({ id: kata, isInLab: hasKata(kata) }));
  const resources = resourcesOf(curriculum, note);
  return { slug, aliases, katas, resources, text: await readNote(note, getLocale()) };
}

function resourcesOf({ resources }: Curriculum, note: Note): Curriculum['nextLevel']['entries'] {
  const entries = resources.phases.flatMap((phase) => phase.entries);
  return entries.filter(({ id }) => note.resources.includes(id));
}

async function everything(): Promise<Showable> {
  const curriculum = loadCurriculum();
  return {
    katas: (await listKatas()).map(({ kata: { id, title } }) => ({ id, title })),
    notes: loadNotes().map((note) => ({
      slug: note.slug,
      item: note.item,
      label: labelOf(curriculum, note),
    })),
  };
}

function labelOf(curriculum: Curriculum, note: Note): Text {
  if (note.entry !== undefined)
    return curriculum.nextLevel.entries.find(({ id }) => id === note.entry)?.label ?? plain(note);
  if (note.item === undefined) return note.label;
  return findItem(curriculum, note.item)?.label ?? plain(note);
}

function plain({ slug }: Note): Text {
  return { es: slug, en: slug };
}

function hintNumber(value: string, count: number): number {
  const number = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (number >= 1 && number <= count) return number;
  const t = texts(showTexts);
  throw new PlanError({
    code: 'bad-hint',
    exit: exitCodes.usage,
    what: t.badHint(value, count),
    ...(count > 0 && { mend: '--hint 1' }),
  });
}

function hintWithoutKata(): PlanError {
  const t = texts(showTexts);
  const { usage: exit } = exitCodes;
  return new PlanError({ code: 'bad-hint', exit, what: t.noHintHere, mend: t.hintMend });
}

/** An item of the plan that has neither brief nor note, or a name that nothing has. */
function nothingToShow(curriculum: Curriculum, name: string): PlanError {
  const t = texts(showTexts);
  const { usage: exit } = exitCodes;
  const item = findItem(curriculum, name);
  if (item) {
    const what = item.kata === undefined ? t.onlyATick(item.id) : t.kataToCome(item.kata);
    return new PlanError({
      ...{ code: 'nothing-to-show', exit, what },
      mend: `plan checklist --month ${item.month}`,
    });
  }
  const slugs = loadNotes().map(({ slug }) => slug);
  const isNumbered = /^(kata-)?\d+$/i.test(name);
  const near = isNumbered ? undefined : nearest(name.toLowerCase(), [...kataIds(), ...slugs]);
  const mend = near === undefined ? t.seeAll : t.didYouMean(near);
  return new PlanError({ code: 'unknown-name', exit, what: t.unknownName(name), mend });
}
