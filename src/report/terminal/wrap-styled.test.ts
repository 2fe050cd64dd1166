import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realised } from './realised.js';
import { forceColour, style } from './style.js';
import { longestWord, wrapStyled } from './wrap-styled.js';

describe('wrapping a text with styles', () => {
  beforeAll(() => forceColour(true));
  afterAll(() => forceColour(undefined));

  const wrapped = (text: string, width: number): string[] =>
    wrapStyled(text, width).map((line) => realised(line, 1));
  const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;

  it('breaks between words, and each line has the style that was open', () => {
    expect(wrapped(style.red('violated, as expected'), 12)).toEqual([
      red('violated, as'),
      red('expected'),
    ]);
  });

  it('leaves what fits as it is, its spaces included', () => {
    expect(wrapped(`a  ${style.red('b')} c`, 7)).toEqual([`a  ${red('b')} c`]);
  });

  it('styles no line before or behind the style', () => {
    expect(wrapped(`one ${style.red('two three')} four`, 5)).toEqual([
      'one',
      red('two'),
      red('three'),
      'four',
    ]);
  });

  it('breaks a word that is longer than the line, and counts no code of a style', () => {
    expect(wrapped(style.red('abcdefgh'), 3)).toEqual([red('abc'), red('def'), red('gh')]);
    expect(longestWord(`${style.red('violated,')} no`)).toBe(9);
  });
});
