import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** An address, without the mark that ends the sentence; or the folder of a run, or what lies in it. */
const target = /https?:\/\/[\w\-.~:/?#[\]@!$&*+,;=%]*[\w\-~/#=&]|\bresults\/[\w\-./]*\w/g;

/** Addresses and folders of runs that a click opens; what is read stays the same. */
export function withLinks(text: string, from = process.cwd()): string {
  return text.replace(target, (found) => {
    const address = found.startsWith('http') ? found : fileAddress(path.resolve(from, found));
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
