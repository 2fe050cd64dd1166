import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typed, wordsOf } from './words.js';

describe('wordsOf', () => {
  it.each([
    ['python3 main.py', ['python3', 'main.py']],
    ['  ruby   "my main.rb"  ', ['ruby', 'my main.rb']],
    [`php -r 'echo "hi";'`, ['php', '-r', 'echo "hi";']],
    ['a\\ b "" c"d"e', ['a b', '', 'cde']],
    ['echo "a\\"b"', ['echo', 'a"b']],
    ["an open 'quote", ['an', 'open', "'quote"]],
    ['   ', []],
  ])('reads %j', (line, words) => {
    expect(wordsOf(line)).toEqual(words);
  });

  it('reads back what is typed for any words', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        expect(wordsOf(typed(words))).toEqual(words);
      }),
    );
  });
});
