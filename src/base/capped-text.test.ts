import { expect, it } from 'vitest';
import { CappedText } from './capped-text.js';

const said = (parts: readonly string[], most: number): string => {
  const text = new CappedText((mebibytes) => `… ${mebibytes} …`, most);
  for (const part of parts) text.add(Buffer.from(part));
  return text.text();
};

it('keeps a text whole up to its cap, without the last line break', () => {
  expect(said(['one\n', 'two\n'], 4)).toBe('one\ntwo');
  expect(said([], 4)).toBe('');
});

it('keeps the head and the tail of a longer one, however it comes', () => {
  const long = `head${'-'.repeat(100)}tail`;
  expect(said([long], 4)).toBe('head\n… 1 …\ntail');
  expect(said(Array.from(long), 4)).toBe('head\n… 1 …\ntail');
});
