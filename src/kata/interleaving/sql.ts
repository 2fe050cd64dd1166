import type { StatementRun } from '../statements.js';

/** What a statement does, as far as its words tell. */
export interface SqlDeed {
  /** Tables that it reads. */
  readonly reads: readonly string[];
  /** Tables that it writes. */
  readonly writes: readonly string[];
  /** It takes the rows that it reads for itself. */
  readonly locks: boolean;
}

const ident = String.raw`(?:"[^"]+"|[A-Za-z_][\w$]*)(?:\.(?:"[^"]+"|[A-Za-z_][\w$]*))?`;
const written = new RegExp(
  String.raw`\b(?:update|insert\s+into|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?(${ident})`,
  'gi',
);
const copiedIn = new RegExp(String.raw`^\s*copy\s+(${ident})[^;]*\bfrom\b`, 'i');
const read = new RegExp(String.raw`\b(?:from|join|using)\s+(?:only\s+)?(${ident})`, 'gi');
const comments = /--[^\n]*|\/\*.*?(?:\*\/|$)/gs;
const literals = /'(?:[^']|'')*'/g;

/** By its words alone: what a function of the database's does inside, nobody sees here. */
export function deedOf({ text }: Pick<StatementRun, 'text'>): SqlDeed {
  const known = deeds.get(text);
  if (known) return known;
  const bare = text.replace(comments, ' ').replace(literals, "''");
  const locks = /\bfor\s+(?:no\s+key\s+)?(?:update|share)\b|\bfor\s+key\s+share\b/i.test(bare);
  const calm = bare.replace(/\bfor\s+(?:no\s+key\s+)?(?:update|share)\b(?:\s+of\s+\S+)?/gi, ' ');
  const writes = namesIn(calm.replace(/\bon\s+conflict\b.*/is, ''), written);
  const copied = copiedIn.exec(calm)?.[1];
  if (copied !== undefined) writes.push(plain(copied));
  const deleted = calm.replace(/\bdelete\s+from\b/gi, 'delete ');
  const reads = copied === undefined ? namesIn(deleted, read) : [];
  const deed = { reads, writes: [...new Set(writes)], locks };
  if (deeds.size > 1_000) deeds.clear();
  deeds.set(text, deed);
  return deed;
}

/** The same few texts come thousands of times. */
const deeds = new Map<string, SqlDeed>();

export const isBegin = ({ text }: Pick<StatementRun, 'text'>): boolean =>
  /^\s*(?:begin|start\s+transaction)\b/i.test(text);

export const isEnd = ({ text }: Pick<StatementRun, 'text'>): boolean =>
  /^\s*(?:commit|end|rollback|abort)\b(?!\s+(?:work\s+|transaction\s+)?to\b)/i.test(text);

/** Without comments and line ends, which say nothing. */
export function oneLine(text: string): string {
  const bare = text.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*.*?(?:\*\/|$)|\s+/gs, (found) =>
    found.startsWith("'") ? found : ' ',
  );
  return bare.replace(/ {2,}/g, ' ').trim();
}

/** Words of its values, parameters, literals and comments, by which a request may be known. */
export function tokensOf({ text, parameters, rows = [], copied = '' }: StatementRun): Set<string> {
  const literal = [...text.matchAll(literals)].map(([one]) => one.slice(1, -1));
  const remarks = text.match(comments) ?? [];
  const said = [...parameters, ...rows.flat(), ...literal, ...remarks, ...copied.split(/[,;] /)];
  const values = said.filter((one) => one !== null);
  return new Set(values.flatMap((one) => [one, ...(one.match(/[\w-]+/g) ?? [])]));
}

function namesIn(sql: string, pattern: RegExp): string[] {
  return [...new Set([...sql.matchAll(pattern)].map(([, name = '']) => plain(name)))];
}

/** Without quotes and schema, in small letters where it has no quotes. */
function plain(name: string): string {
  const last = name.split('.').at(-1) ?? name;
  return last.startsWith('"') ? last.slice(1, -1) : last.toLowerCase();
}
