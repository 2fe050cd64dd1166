import { fstatSync } from 'node:fs';

/** What is used of chalk, which makes the codes: see `realised`. */
export const styleNames = [
  'bold',
  'dim',
  'italic',
  'underline',
  'red',
  'green',
  'yellow',
  'cyan',
] as const;

export type StyleName = (typeof styleNames)[number];
export type Paint = (text: string) => string;

/**
 * Until `realised` gives them to chalk, our own styles are marks with a number that nobody else
 * knows: a code that a program wrote into its answer can't pass for one of ours. Four digits at a
 * time, since more are no parameter to those who measure text; and first, so that the tables, which
 * end styles by codes of their own where a line ends, leave ours alone.
 */
const secret = Array.from({ length: 3 }, () => 1000 + Math.floor(Math.random() * 9000)).join(';');

/** Colours and weights, where anybody looks at them. */
export const style = Object.fromEntries(
  styleNames.map((name, at) => [name, painter(mark(at, 1), mark(at, 0))]),
) as Readonly<Record<StyleName, Paint>>;

/** A mark of `style` in a text; the groups are the place in `styleNames`, and 1 where it begins. */
export const ownMark = `\u001b\\[${secret};(\\d+);([01])m`;

/** What ends the style that the mark begins. */
export function endOf(begins: string): string {
  return begins.replace(/1m$/, '0m');
}

/** @param descriptor 1 or 2; a terminal whose user wants colours, or the user wants them anywhere */
export function wantsColour(descriptor: 1 | 2): boolean {
  return (wanted[descriptor] ??= asks(process.env, descriptor));
}

/** For tests. @param is undefined for what the environment says */
export function forceColour(is: boolean | undefined): void {
  wanted = is === undefined ? {} : { 1: is, 2: is };
}

let wanted: Partial<Record<1 | 2, boolean>> = {};

/** Each line has marks of its own, so that what is put before the next one stays as it is. */
function painter(open: string, close: string): Paint {
  return (text) => {
    if (text === '' || !(wantsColour(1) || wantsColour(2))) return text;
    return text
      .split('\n')
      .map((line) => `${open}${line}${close}`)
      .join('\n');
  };
}

function mark(at: number, begins: 0 | 1): string {
  return `\u001b[${secret};${at};${begins}m`;
}

/** Not asked of process.stdout: merely to name it loads the network stack. */
function asks(env: NodeJS.ProcessEnv, descriptor: 1 | 2): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] || env['TERM'] === 'dumb') return false;
  return isTerminal(descriptor);
}

export function isTerminal(descriptor: 1 | 2): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}
