import { describe, expect, it } from 'vitest';
import { holds, undecided, violated, type CheckResult, type Finding } from '../../kata/findings.js';
import { Recorder } from '../../history/recorder.js';
import { playAct } from './act.js';

const text = { en: 'a rule', es: 'una regla' };
const nobodyKnows = undecided('quick', text, text);

/** What an act comes to, time after time, and how often it was played. */
async function played(results: readonly Finding[], again: true | undefined): Promise<number> {
  const recorder = new Recorder(0);
  let times = 0;
  const check = (): CheckResult => ({
    findings: [results[times - 1] ?? nobodyKnows],
    coverage: [],
    figures: {},
  });
  const act = { title: text, breaks: [], covers: [], ...(again && { again }) };
  const kata = { id: 'some', languages: [], acts: { flood: act }, check };
  const planned = { index: 0, strategy: 'all', options: {} };
  const playing = { kata, planned, recorder, onVoid: () => true };
  await playAct(playing as unknown as Parameters<typeof playAct>[0], 'flood', (time) => {
    times += 1;
    expect(time).toBe(times);
    return Promise.resolve();
  });
  const voids = recorder.events.filter(({ f }) => f === 'act-again').length;
  expect(voids).toBe(times - 1);
  return times;
}

describe('an act that came to nothing', () => {
  it.each([
    [3, true, [nobodyKnows, nobodyKnows, nobodyKnows]],
    [2, true, [nobodyKnows, holds('quick', text)]],
    [2, true, [nobodyKnows, violated('quick', text, text, [1])]],
    [1, true, [violated('quick', text, text, [1])]],
    [1, true, [holds('quick', text)]],
    [1, undefined, [nobodyKnows]],
  ] as const)('is played %i times where it may be again: %j', async (times, again, results) => {
    expect(await played(results, again)).toBe(times);
  });
});
