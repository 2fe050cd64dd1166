import { foreignLine } from '../view/foreign.js';

/** Foreign words are escaped. */
export function textAt(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped(content)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function escaped(content: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return foreignLine(content).replace(/[&<>"]/g, (found) => names[found] ?? found);
}

/** Okabe and Ito's colours, told apart by everybody, each in a shade for light and for dark. */
const colours = [
  ['#0072b2', '#56b4e9'],
  ['#d55e00', '#f0a04b'],
  ['#00805c', '#4fd1a5'],
  ['#a34b82', '#e29ac4'],
  ['#5c5f00', '#e6dc5a'],
] as const;

export const style = [
  'text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:#1f2933}',
  '.title{font-size:17px;font-weight:600}.legend{font-weight:600}',
  '.note,.tick{fill:#52606d}',
  '.paper{fill:#fff;stroke:#d9dee4}.grid{stroke:#e4e7eb;fill:none}',
  '.line{fill:none;stroke-width:2.5;stroke-linejoin:round}.band{stroke:none;fill-opacity:.16}',
  ...colours.map(([light], at) => `.line.side${at}{stroke:${light}}.band.side${at}{fill:${light}}`),
  '@media(prefers-color-scheme:dark){',
  'text{fill:#e6edf3}.note,.tick{fill:#9da7b3}',
  '.paper{fill:#0d1117;stroke:#30363d}.grid{stroke:#262c34}',
  ...colours.map(([, dark], at) => `.line.side${at}{stroke:${dark}}.band.side${at}{fill:${dark}}`),
  '}',
].join('');
