import { ownMark, sgr, wantsColour } from './style.js';
import { foreign } from './view/foreign.js';

const mark = new RegExp(ownMark, 'g');

/** Our styles as the terminal understands them; every other control character is shown. */
export function realised(text: string, descriptor: 1 | 2): string {
  const isColoured = wantsColour(descriptor);
  // At odd places stands the number of the mark between two texts.
  return text
    .split(mark)
    .map((part, at) => (at % 2 === 0 ? foreign(part) : isColoured ? sgr(part) : ''))
    .join('');
}
