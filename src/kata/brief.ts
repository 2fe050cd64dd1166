import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../base/errors.js';
import { locales, type Locale } from '../i18n/text.js';

/** What a kata's folder tells its learner, in Markdown. */
export interface Brief {
  readonly locale: Locale;
  /** Absolute. */
  readonly file: string;
  /** Without the hints, which nobody should read by accident. */
  readonly body: string;
  readonly hints: readonly string[];
}

/** `brief.<locale>.md`, else the brief in the other language; undefined where there is none. */
export async function readBrief(folder: string, locale: Locale): Promise<Brief | undefined> {
  for (const candidate of [locale, ...locales.filter((other) => other !== locale)]) {
    const file = path.join(folder, `brief.${candidate}.md`);
    const text = await textOf(file);
    if (text !== undefined) return { locale: candidate, file, ...splitHints(text) };
  }
  return undefined;
}

/** Hints are the numbered `### 1` sections below `## Hints` or `## Pistas`. */
export function splitHints(markdown: string): Pick<Brief, 'body' | 'hints'> {
  const body: string[] = [];
  const hints: string[][] = [];
  let inHints = false;
  let inCode = false;
  for (const line of markdown.split(/\r?\n/)) {
    if (line.startsWith('```')) inCode = !inCode;
    else if (!inCode && /^##? /.test(line)) inHints = /^## (Hints|Pistas)\s*$/i.test(line);
    if (!inHints) body.push(line);
    else if (!inCode && /^### /.test(line)) hints.push([]);
    else hints.at(-1)?.push(line);
  }
  return {
    body: `${body.join('\n').trimEnd()}\n`,
    hints: hints.map((lines) => lines.join('\n').trim()),
  };
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
