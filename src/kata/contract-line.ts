import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../base/package.js';
import type { Locale } from '../i18n/text.js';
import type { SentRequest } from './findings.js';
import { isOnRoute, routeIn } from './route.js';

/** Where the contract says what a program broke: for an editor to open. */
export interface ContractLine {
  /** Absolute. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * The route in the kata's brief for an answer outside the contract; for the other rules that hold
 * for every program their line in katas/CONTRACT.md. Undefined for a kata's own invariants.
 * @param request that of the witness
 */
export function contractLine(
  kataFolder: string,
  invariant: string,
  request: SentRequest | undefined,
  locale: Locale,
): ContractLine | undefined {
  if (invariant === 'follows-the-contract' && request !== undefined) {
    const found = lineIn(path.join(kataFolder, `brief.${locale}.md`), (line) => {
      const route = routeIn(line);
      const isMethod = route !== undefined && route.method === request.method;
      return isMethod && isOnRoute(route, request.path);
    });
    if (found) return found;
  }
  const contract = locale === 'es' ? 'CONTRATO.md' : 'CONTRACT.md';
  const file = path.join(packageRoot, 'katas', contract);
  return lineIn(file, (line) => line.startsWith('|') && line.includes(`\`${invariant}\``));
}

function lineIn(file: string, fits: (line: string) => boolean): ContractLine | undefined {
  const at = textOf(file).split('\n').findIndex(fits);
  return at < 0 ? undefined : { file, line: at + 1 };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
