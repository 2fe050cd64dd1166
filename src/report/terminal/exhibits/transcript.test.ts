import fc from 'fast-check';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Transcript } from '../../../kata/exhibits.js';
import { renderTranscript } from './transcript.js';
import { wrap } from '../../view/wrap.js';

const text = (en: string) => ({ en, es: en });

const transcript: Transcript = {
  row: 'P4',
  title: text('P4, lost update'),
  parties: [text('session 1'), text('session 2')],
  moments: [
    { party: 0, said: [{ kind: 'does', text: text('UPDATE test SET value = 11 WHERE id = 1') }] },
    {
      party: 1,
      said: [
        { kind: 'does', text: text('UPDATE test SET value = 12 WHERE id = 1') },
        { kind: 'waits', text: text('⏸ waits for session 1') },
      ],
    },
    { party: 0, said: [{ kind: 'does', text: text('COMMIT') }] },
    { party: 1, said: [{ kind: 'fails', text: text('✘ 40001') }] },
  ],
  meaning: text('✓ prevented. Who retries reads 11 and writes 12.'),
  told: true,
};

const rendered = (width: number) =>
  stripVTControlCharacters(renderTranscript('en', transcript, width)).split('\n');

describe('a transcript', () => {
  it('has the parties side by side, as wide as they need, and time downwards', () => {
    expect(rendered(Number.POSITIVE_INFINITY)).toEqual([
      '  P4, lost update',
      '',
      '  session 1                               │ session 2',
      '  UPDATE test SET value = 11 WHERE id = 1 │',
      '                                          │ UPDATE test SET value = 12 WHERE id = 1',
      '                                          │ ⏸ waits for session 1',
      '  COMMIT                                  │',
      '                                          │ ✘ 40001',
      '',
      '  ✓ prevented. Who retries reads 11 and writes 12.',
    ]);
  });

  it('breaks lines inside of its columns where the terminal is narrow', () => {
    const lines = rendered(60);
    expect(lines).toContain('  UPDATE test SET value = 11  │');
    expect(lines).toContain('    WHERE id = 1              │');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
  });

  it('has one party below the other where there is no room for two', () => {
    const lines = rendered(36);
    expect(lines.slice(2, 9)).toEqual([
      '  session 1',
      '    UPDATE test SET value = 11 WHERE',
      '      id = 1',
      '  session 2',
      '    UPDATE test SET value = 12 WHERE',
      '      id = 1',
      '    ⏸ waits for session 1',
    ]);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(36);
  });
});

describe('wrap', () => {
  it('keeps every word and the width, also of words that are too long', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 30 })),
        fc.integer({ min: 8, max: 40 }),
        (words, width) => {
          const lines = wrap(words.join(' '), width);
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
          expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
        },
      ),
    );
  });
});
