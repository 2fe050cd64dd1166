import type { Locale } from '../../i18n/text.js';
import { foreignRecord } from '../view/foreign.js';
import { headOf } from '../view/head.js';
import { document } from './document.js';
import { RunBody, type RunPageInput } from './run-body.js';

/** `report.html` of a run: the whole of it in one file. */
export function runPage(locale: Locale, told: RunPageInput): string {
  const [record, compared] = foreignRecord([told.record, told.compared] as const);
  const input = { ...told, record, compared };
  return document({
    locale,
    title: headOf(locale, input.kata),
    version: record.plan,
    children: <RunBody {...{ locale, input }} />,
  });
}
