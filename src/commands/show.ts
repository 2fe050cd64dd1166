import { exitCodes, PlanError } from '../base/errors.js';
import { showTexts } from '../i18n/show.js';
import { getLocale, texts } from '../i18n/text.js';
import { readBrief } from '../kata/brief.js';
import { findKata } from '../kata/discover.js';
import { printJson } from '../report/output.js';
import { kataJson, showHint, showKata } from '../report/show.js';

/** `plan show <kata> [--hint N]`: what it is about; hints only when asked for, one at a time. */
export async function show(
  kataId: string,
  { hint, json = false }: { hint?: string; json?: boolean },
): Promise<undefined> {
  const { kata, folder } = await findKata(kataId);
  const brief = await readBrief(folder, getLocale());
  const hints = brief?.hints ?? [];
  const number = hint === undefined ? undefined : hintNumber(hint, hints.length);
  if (json) printJson(kataJson(kata, brief, number));
  else if (number === undefined) showKata(kata, brief);
  else showHint(kata, hints, number);
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
