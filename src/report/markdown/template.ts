import { journalTexts } from '../../i18n/journal.js';
import type { Locale } from '../../i18n/text.js';
import { escapeText } from './markdown.js';
import { journalQuestions, type Kata } from '../../kata/define.js';

/** A new page: the plan's own template, with the kata's title and a question for every open part. */
export function fillTemplate(locale: Locale, template: string, kata: Kata): string {
  const t = journalTexts[locale];
  const asked = kata.questions ?? {};
  const values: Record<string, string> = {
    number: kata.id.replace('kata-', ''),
    title: escapeText(kata.title[locale]),
    time: t.time,
    ...Object.fromEntries(
      journalQuestions.map((name) => {
        const own = asked[name];
        return [name, own ? own[locale] : t[name]];
      }),
    ),
  };
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
