import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * An address, without the mark that ends the sentence; or what looks like a path: it has a slash,
 * and stands behind a space, a quote or the end of an escape code.
 */
const target =
  /https?:\/\/[\w\-.~:/?#[\]@!$&*+,;=%]*[\w\-~/#=&]|(?<=^|[\s("'«=]|\u001b\[\d+m)(?:\.{0,2}|[\w\-.@]+)\/[\w\-./@]*\w/gm;

/** Addresses, and the files and folders that are there: a click opens them; what is read stays the same. */
export function withLinks(text: string, from = process.cwd()): string {
  return text.replace(target, (found) => {
    const address = /^https?:/.test(found) ? found : fileAddress(path.resolve(from, found));
    return address === undefined ? found : `${opening(address)}${found}${opening('')}`;
  });
}

/**
 * Whether the terminal makes links of them (OSC 8): of those that say who they are, these do. Others
 * may print the codes as they come.
 */
export function knowsLinks(env: NodeJS.ProcessEnv): boolean {
  const forced = env['FORCE_HYPERLINK'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] || env['TERM'] === 'dumb' || env['CI']) return false;
  return (
    ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'zed'].includes(env['TERM_PROGRAM'] ?? '') ||
    ['xterm-kitty', 'alacritty', 'xterm-ghostty', 'foot'].includes(env['TERM'] ?? '') ||
    env['WT_SESSION'] !== undefined ||
    // From 0.50 on; before, it fell over.
    Number(env['VTE_VERSION'] ?? 0) >= 5001
  );
}

function fileAddress(place: string): string | undefined {
  return existsSync(place) ? pathToFileURL(place).href : undefined;
}

function opening(address: string): string {
  return `\u001b]8;;${address}\u001b\\`;
}
