import { describe, expect, it } from 'vitest';
import { caseOf } from '../../../test/support/stored-run.js';
import type { Timeline } from '../../kata/run-record.js';
import { casesWithTimeline, faultName, timelineLines } from './timeline.js';

const timeline: Timeline = {
  fromMs: 100,
  slotMs: 10,
  slots: 10,
  answered: [0, 8, 4, 0, 0, 0, 1, 8, 8, 8],
  unanswered: [0, 0, 0, 2, 0, 0, 0, 0, 0, 0],
  faults: [
    { what: 'freeze', target: 'accounts', fromMs: 20, untilMs: 115 },
    { what: 'cut', target: 'database', fromMs: 131, untilMs: 131 },
    { what: 'cut', target: 'database', fromMs: 172, untilMs: 172 },
    { what: 'killed', target: 'program', fromMs: 180, untilMs: null },
  ],
  scheduled: true,
};

describe('a timeline', () => {
  it('draws when faults began and ended beside what was answered', () => {
    expect(timelineLines('en', timeline)).toEqual([
      'faults and answers, 10 ms a column',
      'freeze (accounts)  ██········',
      'cut (database)     ···█···█··',
      'killed (program)   ········██',
      'answered           ·█▄···▁███  at most 8',
      'no answer          ···█······  at most 2',
      '                   0 ms100 ms',
    ]);
  });

  it('puts slots together where the terminal is too narrow for each', () => {
    expect(timelineLines('es', timeline, 30)).toEqual([
      'fallos y respuestas, 10 ms por columna',
      'congelado (accounts)   ██········',
      'corte (base de datos)  ···█···█··',
      'muerto (programa)      ········██',
      'respondidas            ·█▄···▁███  8 como mucho',
      'sin respuesta          ···█······  2 como mucho',
      '                       0 ms100 ms',
    ]);
    const each = Array.from({ length: 40 }, () => 3);
    const long = { ...timeline, slots: 40, answered: each, unanswered: each };
    const lines = timelineLines('en', long, 50);
    expect(lines.at(-3)).toBe('answered           █████████████▃  at most 9');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(50);
  });

  it('leaves names as they are that only look like words of its own', () => {
    const fault = { what: 'constructor', target: 'valueOf', fromMs: 120, untilMs: 125 };
    expect(faultName('es', fault)).toBe('constructor (valueOf)');
  });

  it('tells a cable to a place without a name as the network, whatever its port', () => {
    const fault = { what: 'cut', target: '127.0.0.1:34397', fromMs: 120, untilMs: 125 };
    expect(faultName('es', fault)).toBe('corte (red)');
    expect(faultName('en', { ...fault, target: 'localhost:5672' })).toBe('cut (network)');
  });

  it('has a lane for each role of a system, however many faults hit it', () => {
    const fault = (what: string, role: string, fromMs: number, untilMs: number | null) => ({
      ...{ what, role, target: 'broker', fromMs, untilMs },
    });
    const faults = [
      fault('hold', 'payment', 110, 125),
      fault('killed', 'payment', 120, 135),
      fault('cut', 'payment', 131, 131),
      fault('partition', 'order', 180, null),
    ];
    expect(timelineLines('en', { ...timeline, faults }).slice(1, 4)).toEqual([
      'a lane a role: █ under a fault, ✘ killed',
      'payment    ·█✘✘······',
      'order      ········██',
    ]);
  });

  it('is shown where faults were scheduled, or the case is the only one', () => {
    const scheduled = caseOf({ timeline });
    const point = caseOf({ timeline: { ...timeline, scheduled: false } });
    expect(casesWithTimeline([scheduled, point, caseOf()])).toEqual([scheduled]);
    expect(casesWithTimeline([point])).toEqual([point]);
    expect(casesWithTimeline([caseOf()])).toEqual([]);
  });
});
