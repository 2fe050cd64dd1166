import { expect, it } from 'vitest';
import { foreign, foreignJson, visible } from './foreign.js';

const steers = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const stays = new Set(['\n', '\t', '\uFE0E', '\uFE0F']);

it('shows each character that steers, hides or turns round, and leaves every other as it is', () => {
  const wrong: string[] = [];
  for (let code = 0; code <= 0xffff; code += 1) {
    const char = String.fromCharCode(code);
    const wanted = steers.test(char) && !stays.has(char) ? visible(char) : char;
    if (foreign(`a${char}`) !== `a${char === '\t' ? '    ' : wanted}`) wrong.push(visible(char));
  }
  expect(wrong).toEqual([]);
});

it('shows them in JSON too, which reads back as the same', () => {
  const record = { text: '·a\u202e\u00ad→', tags: '\u{e0041}' };
  const json = foreignJson(record);
  expect(json).toBe(String.raw`{"text":"·a\u202e\u00ad→","tags":"\udb40\udc41"}`);
  expect(JSON.parse(json)).toEqual(record);
});
