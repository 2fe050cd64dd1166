import { checklistTexts } from '../../i18n/checklist.js';
import { showTexts } from '../../i18n/show.js';
import type { Locale, Text } from '../../i18n/text.js';
import { columns } from './columns.js';
import { renderMarkdown } from './markdown/render.js';
import { print } from './output.js';

/** A theory item of the plan, with its note where there is one. */
export interface Theory {
  /** Its id; a note beside the plan has none. */
  readonly item: string | undefined;
  readonly label: Text;
  readonly month: number;
  readonly weeks: readonly [number, number];
  /** What the plan itself names to read for it. */
  readonly readings: readonly Text[];
  readonly note: NoteView | undefined;
}

interface NoteView {
  readonly slug: string;
  readonly aliases: readonly string[];
  readonly katas: readonly { readonly id: string; readonly isInLab: boolean }[];
  readonly resources: readonly { readonly id: string; readonly label: Text }[];
  /** Markdown in the language of the program. */
  readonly text: string;
}

export function showNote(locale: Locale, theory: Theory): void {
  const parts = theory.note ? noteParts(locale, theory.note) : missingParts(locale, theory);
  const markdown = [...parts, ...whenRead(locale, theory)].join('\n\n');
  print(renderMarkdown(markdown, columns()));
}

/** For machines: the same, with the note as the Markdown that it is written in. */
export function noteJson(locale: Locale, { item, label, month, weeks, readings, note }: Theory) {
  return {
    ...{
      item: item ?? null,
      label: label[locale],
      month,
      weeks,
      readings: readings.map((text) => text[locale]),
    },
    slug: note?.slug ?? null,
    aliases: note?.aliases ?? [],
    katas: note?.katas ?? [],
    resources: note?.resources.map(({ id, label }) => ({ id, label: label[locale] })) ?? [],
    note: note?.text ?? null,
    noteLocale: note ? locale : null,
    commands: [
      ...(note?.katas ?? []).filter(isInLab).map(({ id }) => `plan run ${id}`),
      ...ticks(item),
    ],
  };
}

function noteParts(locale: Locale, { text, katas }: NoteView): string[] {
  const toCome = katas.filter((kata) => !isInLab(kata)).map(({ id }) => id);
  const t = showTexts[locale];
  return [text.trim(), ...(toCome.length > 0 ? [`> ${t.katasToCome(toCome.join(', '))}`] : [])];
}

function missingParts(locale: Locale, { item, label, month, weeks, readings }: Theory): string[] {
  const t = showTexts[locale];
  const { month: monthName, weeks: weeksName } = checklistTexts[locale];
  const place = `${item ?? ''} · ${monthName(month)}, ${weeksName(...weeks)}`;
  const list = readings.map((reading) => `- ${reading[locale]}`).join('\n');
  return [`# ${label[locale]}`, place, t.noNote, ...(list === '' ? [] : [t.planReads, list])];
}

function whenRead(locale: Locale, { item }: Theory): string[] {
  return ticks(item).map((command) => `${showTexts[locale].whenRead} \`${command}\``);
}

/** What is typed once it is read; a note beside the plan is no item to tick. */
function ticks(item: string | undefined): string[] {
  return item === undefined ? [] : [`plan check ${item}`];
}

function isInLab({ isInLab }: { readonly isInLab: boolean }): boolean {
  return isInLab;
}
