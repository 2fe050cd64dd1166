import { describe, expect, it } from 'vitest';
import { History, type HistoryEvent } from '../../kata/history.js';
import type { BlockedNote, OtherSession } from '../../kata/waits.js';
import { atHang, givesUpItsLocks, labWasBlocked, starvedAtHang } from './waits.js';

const idle: OtherSession = { pid: 7, state: 'idle in transaction', openMs: 11_000, waitsFor: [] };
const blocked: BlockedNote = {
  statement: 'UPDATE stock',
  waitedMs: 10_000,
  by: [idle],
  byLab: false,
};

function historyOf(note: BlockedNote, asked: { f?: string; from: number; until: number }): History {
  const { f = 'purchase', from, until } = asked;
  const common = { case: 0, op: 0, process: 0, f };
  return new History([
    { ...common, at: from, type: 'invoke', value: {} },
    { ...common, at: until, type: 'ok', value: {} },
    { case: 0, at: 20_000_000, type: 'note', f: 'lab-blocked', value: note },
  ] satisfies HistoryEvent[]);
}

const before = { from: 0, until: 1_000 };

describe('a lock that kept the lab waiting', () => {
  it('proves something where only the program held it, and nobody had asked for anything', () => {
    const [found] = givesUpItsLocks(historyOf(blocked, before));
    expect(found).toMatchObject({ invariant: 'gives-up-its-locks', holds: false });
    expect(found?.witness?.lines).toEqual([3]);
  });

  it.each([
    ['the lab was in the way too', { ...blocked, byLab: true }, before],
    ['nobody was seen', { ...blocked, by: [] }, before],
    ['it was at work', { ...blocked, by: [{ ...idle, state: 'active' }] }, before],
    ['a request was under way', blocked, { from: 0, until: 12_000_000 }],
    ['a worker may have work in hand', blocked, { ...before, f: 'publish' }],
  ])('proves nothing where %s', (_, note, asked) => {
    const history = historyOf(note, asked);
    expect(givesUpItsLocks(history)).toEqual([]);
    expect(labWasBlocked(history)).toMatchObject([{ condition: 'lab-not-blocked', met: false }]);
  });
});

describe('sessions of a program whose requests hang', () => {
  it('are told, and what they wait for', () => {
    const waiting = { ...idle, state: 'active', waitsFor: [7] };
    const value = { sessions: [idle, waiting] };
    const history = new History([{ case: 0, at: 0, type: 'note', f: 'sessions-at-hang', value }]);
    expect(atHang(history).en).toContain('Of its 2 sessions in the database 1 sat idle');
    expect(atHang(new History([]))).toEqual({ en: '', es: '' });
  });
});

it.each([
  [5_000, true],
  [4_900, false],
])(
  'a program that had no processor for %d ms of ten seconds proves nothing: %j',
  (starvedMs, says) => {
    const value = { ofMs: 10_000, starvedMs };
    const history = new History([{ case: 0, at: 0, type: 'note', f: 'starved-at-hang', value }]);
    const why = starvedAtHang(history);
    expect(why !== undefined).toBe(says);
    if (says) expect(why?.en).toContain('within 10.0 s, and for 5.0 s of them');
    expect(starvedAtHang(new History([]))).toBeUndefined();
  },
);
