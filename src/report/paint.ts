import { fstatSync } from 'node:fs';
import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'cyan' | 'yellow';

/**
 * Colours for what must come at once: chalk loads the network stack to find out whether stdout is
 * a terminal. The same variables count: NO_COLOR, FORCE_COLOR, TERM.
 */
export function paint(style: Style, text: string): string {
  wanted ??= wantsColour(process.env);
  // Asked whether stdout takes colours, styleText would load its streams.
  return wanted ? styleText(style, text, { validateStream: false }) : text;
}

let wanted: boolean | undefined;

function wantsColour(env: NodeJS.ProcessEnv): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] || env['TERM'] === 'dumb') return false;
  try {
    return fstatSync(1).isCharacterDevice();
  } catch {
    return false;
  }
}
