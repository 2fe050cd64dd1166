import { describe, expect, it } from 'vitest';
import { HistoryWriter } from '../../../test/support/history.js';
import type { FaultEndedNote, FaultNote } from '../../kata/faults.js';
import { checkProgram } from './program.js';

const hung = { kind: 'timeout', detail: 'no answer within 10 s' } as const;
const reset = { kind: 'connection', detail: 'ECONNRESET' } as const;

function broken(writer: HistoryWriter): string[] {
  return checkProgram(writer.history())
    .filter(({ holds }) => !holds)
    .map(({ invariant }) => invariant);
}

function fault(kind: FaultNote['kind'], target: string): FaultNote {
  return { n: 0, kind, target, detail: {} };
}

const released: FaultEndedNote = { n: 0, how: 'released' };

describe('what the experiment did itself', () => {
  it('is no fault of a program that was killed, until one is started again', () => {
    const writer = new HistoryWriter();
    const underWay = writer.invoke(0, 'transfer', {});
    writer.note('program-killed', {});
    writer.unknown(underWay, reset);
    writer.unknown(writer.invoke(0, 'transfer', {}), reset);
    writer.note('program-started', {});
    expect(broken(writer)).toEqual([]);
    writer.unknown(writer.invoke(0, 'transfer', {}), reset);
    expect(broken(writer)).toEqual(['follows-the-contract']);
  });

  it('excuses a request that hung while its database was frozen, and none afterwards', () => {
    const writer = new HistoryWriter();
    writer.note('fault', fault('freeze', 'accounts'));
    writer.unknown(writer.invoke(0, 'transfer', {}), hung);
    writer.note('fault-ended', released);
    expect(broken(writer)).toEqual([]);
    writer.unknown(writer.invoke(0, 'transfer', {}), hung);
    expect(broken(writer)).toEqual(['answers-in-time']);
  });

  it('excuses no broken connection for a fault behind the program', () => {
    const writer = new HistoryWriter();
    writer.note('fault', fault('hold', 'database'));
    writer.unknown(writer.invoke(0, 'transfer', {}), reset);
    expect(broken(writer)).toEqual(['follows-the-contract']);
  });

  it('excuses one that was cut before the program, and only those under way', () => {
    const writer = new HistoryWriter();
    const underWay = writer.invoke(0, 'pay', {});
    writer.note('fault', fault('cut', 'program'));
    writer.unknown(underWay, reset);
    expect(broken(writer)).toEqual([]);
    writer.unknown(writer.invoke(0, 'pay', {}), reset);
    expect(broken(writer)).toEqual(['follows-the-contract']);
  });
});
