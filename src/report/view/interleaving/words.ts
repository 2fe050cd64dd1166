import { explainTexts } from '../../../i18n/explain.js';
import type { Locale } from '../../../i18n/text.js';
import type { Interleaving, Ran, Seen, SqlValue } from '../../../kata/interleaving/index.js';
import type { StatementRun } from '../../../kata/statements.js';

const mostOfStatement = 170;
const mostOfValue = 24;
const mostOfBody = 90;
const shownRows = 3;

/** What a lane is called where it is spoken of. */
export function laneName(locale: Locale, { lanes }: Interleaving, lane: number): string {
  const of = lanes[lane];
  return of ? explainTexts[locale].lane[of.kind](of.name) : '?';
}

/** The statement with its parameters in their places, on one line. */
export function statementText({ text, parameters }: Pick<Ran, 'text' | 'parameters'>): string {
  const filled = text.replace(/'(?:[^']|'')*'|\$(\d+)/g, (found, digits?: string) => {
    const value = digits === undefined ? undefined : parameters[Number(digits) - 1];
    return value === undefined ? found : literal(value);
  });
  return shortened(filled, mostOfStatement);
}

/** `UPDATE stock`: enough to find it again beside. */
export function statementName({ text }: Pick<Ran, 'text'>): string {
  const [, verb = '', table] =
    /^\s*(\w+)(?:\s+(?:into|from|only)\b)*(?:\s+([\w".]+))?/i.exec(text) ?? [];
  const isOfTable = /^(update|insert|delete)$/i.test(verb);
  return isOfTable && table !== undefined ? `${verb} ${table}` : verb;
}

/** What came back; empty where there is nothing to say. */
export function resultText(locale: Locale, run: StatementRun | Ran): string {
  const t = explainTexts[locale];
  const { code = '', message = '' } = run.error ?? {};
  switch (run.outcome) {
    case 'failed':
      return t.failed(code, shortened(message, mostOfBody));
    case 'skipped':
      return t.skipped;
    case 'cut':
      return t.cut;
    case 'done':
    case 'suspended':
      return [
        ...gotBack(locale, run),
        ...copiedParts(locale, run),
        ...(run.outcome === 'suspended' ? [t.suspended] : []),
      ].join('; ');
  }
}

function copiedParts(locale: Locale, { copiedBytes, copied = '' }: StatementRun | Ran): string[] {
  if (copiedBytes === undefined) return [];
  const bytes = explainTexts[locale].bytes(copiedBytes);
  return [copied === '' ? bytes : `${bytes}: ${shortened(copied, mostOfBody)}`];
}

function gotBack(locale: Locale, { rows = [], columns = [], count }: StatementRun | Ran): string[] {
  const t = explainTexts[locale];
  const told = rows.slice(0, shownRows).map((row) => rowText(columns, row));
  const more = (count ?? rows.length) - told.length;
  if (told.length > 0) return more > 0 ? [...told, t.moreRows(more)] : told;
  return count === undefined ? [] : [t.rows(count)];
}

export function seenText(locale: Locale, { tables, isSure }: Seen): string {
  const t = explainTexts[locale];
  const told = tables.map(({ table, count, rows }) => {
    const shown = rows.map((row) => rowText(Object.keys(row), Object.values(row)));
    return t.table(table, t.rows(count), shown.join('; '));
  });
  const all = told.join(' · ');
  return isSure ? all : `${all} (${t.notSure})`;
}

/** A body as people read it: `buyer b-14, sku sku-1, quantity 1`. */
export function bodyText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return shortened(String(value), mostOfBody);
  const parts = Object.entries(value).map(([name, one]) => {
    const text = typeof one === 'object' && one !== null ? JSON.stringify(one) : String(one);
    return `${name} ${shortened(text, mostOfValue)}`;
  });
  return shortened(parts.join(', '), mostOfBody);
}

function rowText(columns: readonly string[], row: readonly SqlValue[]): string {
  return row.map((value, n) => `${columns[n] ?? '?'} = ${valueText(value)}`).join(', ');
}

function valueText(value: SqlValue): string {
  return value === null ? 'NULL' : shortened(value, mostOfValue);
}

function literal(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (/^-?\d+(?:\.\d+)?$/.test(value) || value.startsWith('\\x')) return valueText(value);
  return `'${shortened(value, mostOfValue)}'`;
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
