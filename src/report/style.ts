import { fstatSync } from 'node:fs';

/** SGR: what begins a style, and what ends it. */
const codes = {
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

type StyleName = keyof typeof codes;
export type Paint = (text: string) => string;

/**
 * Our own styles carry a number that nobody else knows, until `realised` turns them into codes of
 * the terminal: a code that a program wrote into its answer can't pass for one of ours. Four digits
 * at a time, since more are no parameter to those who measure text; and before the code, so that
 * the tables, which end styles by codes of their own where a line ends, leave ours alone.
 */
const secret = Array.from({ length: 3 }, () => 1000 + Math.floor(Math.random() * 9000)).join(';');

/** Colours and weights, where anybody looks at them. */
export const style = Object.fromEntries(
  Object.entries(codes).map(([name, [begin, end]]) => [name, painter(begin, end)]),
) as Readonly<Record<StyleName, Paint>>;

/** A mark of `style` in a text; its number is the first group. */
export const ownMark = `\u001b\\[${secret};(\\d+)m`;

/** What the terminal understands of a mark's number. */
export function sgr(code: string): string {
  return `\u001b[${code}m`;
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

function painter(begin: number, end: number): Paint {
  const [open, close] = [mark(begin), mark(end)];
  return (text) => {
    if (text === '' || !(wantsColour(1) || wantsColour(2))) return text;
    // What is painted inside ends with the same code, and this goes on behind it. Each line has its
    // own, so that what is put before the next one stays as it is.
    return text
      .split('\n')
      .map((line) => `${open}${line.replaceAll(close, `${close}${open}`)}${close}`)
      .join('\n');
  };
}

function mark(code: number): string {
  return `\u001b[${secret};${code}m`;
}

/** Not asked of process.stdout: merely to name it loads the network stack. */
function asks(env: NodeJS.ProcessEnv, descriptor: 1 | 2): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] || env['TERM'] === 'dumb') return false;
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}
