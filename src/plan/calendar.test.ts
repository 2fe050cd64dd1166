import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../base/package.js';
import { askCalendar, type CalendarAnswer } from './calendar.js';
import type { CurriculumFile } from './curriculum-file.js';
import { toCurriculum } from './curriculum.js';
import { dateOf, dayOf, weekdayOf } from './day.js';
import { scheduleOf } from './schedule.js';

const yaml = readFileSync(path.join(packageRoot, 'fixtures', 'plan.yaml'), 'utf8');
const curriculum = toCurriculum(parse(yaml) as CurriculumFile);
const everything = scheduleOf(curriculum, dayOf('2026-01-05')).map(({ item }) => item.id);

/** 2026-01-05 is a Monday. */
function ask(today: string, done: readonly string[] = [], startedOn = '2026-01-05') {
  return askCalendar({ curriculum, startedOn, today, isDone: (id) => done.includes(id) });
}

const asked = ({ asks }: CalendarAnswer) => asks.map(({ item }) => item.id);
const left = ({ leftOver }: CalendarAnswer) => leftOver.map(({ item }) => item.id);

describe('a day of the plan', () => {
  it.each([
    ['2026-01-04', 'before', undefined, 'm1.b1'],
    ['2026-01-05', 'theory', 1, 'm1.b1'],
    ['2026-01-07', 'theory', 1, 'm1.b1'],
    ['2026-01-08', 'katas', 1, 'm1.b1'],
    ['2026-01-11', 'katas', 1, 'm1.b1'],
    ['2026-01-12', 'theory', 2, 'm1.b1'],
    ['2026-01-18', 'review', 2, 'm1.b1'],
    ['2026-01-19', 'theory', 3, 'm1.b2'],
    ['2026-02-02', 'theory', 5, 'm2.b1'],
    ['2026-05-24', 'review', 20, 'm5.b2'],
    ['2026-05-25', 'project', 21, 'm6.b1'],
    ['2026-06-07', 'review', 22, 'm6.b1'],
    ['2026-06-18', 'project', 24, 'm6.b1'],
    ['2026-06-21', 'review', 24, 'm6.b1'],
    ['2026-06-22', 'after', undefined, 'm6.b1'],
  ])('%s is for: %s, week %s, block %s', (today, phase, week, block) => {
    const answer = ask(today);
    expect(answer).toMatchObject({ phase, week, weeks: 24, block: { id: block } });
    expect(answer).toMatchObject({ weekOne: '2026-01-05', endsOn: '2026-06-21' });
  });

  it('asks for theory from Monday to Wednesday and for katas from Thursday to Sunday', () => {
    const before = everything.filter((id) => id.startsWith('m1.'));
    expect(asked(ask('2026-02-02', before))).toEqual(['m2.b1.theory-1', 'm2.b1.theory-2']);
    expect(asked(ask('2026-02-05', before))).toEqual(['m2.b1.kata-3']);
    expect(left(ask('2026-02-05', before))).toEqual(['m2.b1.theory-1', 'm2.b1.theory-2']);
    const halfway = [...before, 'm2.b1.theory-1', 'm2.b1.theory-2', 'm2.b1.kata-3'];
    expect(asked(ask('2026-02-12', halfway))).toEqual(['m2.b1.kata-4', 'm2.b1.deliverable']);
  });

  it('lets one catch up on the oldest first, theory on theory days and katas on kata days', () => {
    const late = ask('2026-01-19');
    expect(asked(late).slice(0, 2)).toEqual(['m1.b1.theory-1', 'm1.b1.theory-2']);
    expect(left(late)).toEqual(['m1.b1.kata-0', 'm1.b1.practice-1']);
    expect(asked(ask('2026-01-22'))[0]).toBe('m1.b1.kata-0');
  });

  it('asks for the next where all of the day is done, what was left over before that', () => {
    const theory = ['m1.b1.theory-1', 'm1.b1.theory-2'];
    expect(asked(ask('2026-01-06', theory))).toEqual(['m1.b2.theory-1']);
    expect(asked(ask('2026-01-13', theory))).toEqual(['m1.b1.kata-0']);
    expect(left(ask('2026-01-13', theory))).toEqual([]);
  });

  it('asks for nothing once all is done, except for the final checklist', () => {
    const answer = ask('2026-03-03', everything);
    expect(answer.asks).toEqual([]);
    expect(answer.leftOver).toEqual([]);
    expect(answer.finalOpen).toHaveLength(10);
    const finals = answer.finalOpen.map(({ id }) => id);
    expect(ask('2026-03-03', [...everything, ...finals]).finalOpen).toEqual([]);
  });

  it('after the end asks for all that is open', () => {
    expect(asked(ask('2026-08-01', everything.slice(3)))).toEqual(everything.slice(0, 3));
  });
});

describe('a start in the middle of a week', () => {
  it.each([
    ['Monday', '2026-01-05', '2026-01-05', 'theory'],
    ['Tuesday', '2026-01-06', '2026-01-05', 'theory'],
    ['Wednesday', '2026-01-07', '2026-01-05', 'theory'],
    ['Thursday', '2026-01-08', '2026-01-12', 'warm-up'],
    ['Sunday', '2026-01-11', '2026-01-12', 'warm-up'],
  ])('on a %s: week 1 begins on a Monday', (_, startedOn, weekOne, phase) => {
    const answer = ask(startedOn, [], startedOn);
    expect(answer).toMatchObject({ weekOne, phase });
    expect(answer.standing).toMatchObject({ expected: 0, items: 0, days: 0 });
    expect(asked(answer)[0]).toBe('m1.b1.theory-1');
  });
});

describe('the standing', () => {
  it('counts items and days behind: the date of the first one missing', () => {
    // Theory of the first block is due on its first Wednesday and on its second.
    expect(ask('2026-01-07').standing).toMatchObject({ expected: 0, items: 0, days: 0 });
    expect(ask('2026-01-08').standing).toMatchObject({ expected: 1, items: -1, days: -1 });
    expect(ask('2026-01-13').standing).toMatchObject({ expected: 2, items: -2, days: -6 });
  });

  it('counts items and days ahead: the date of the last one done', () => {
    const done = ['m1.b1.theory-1', 'm1.b1.theory-2', 'm1.b1.kata-0'];
    expect(ask('2026-01-05', done.slice(0, 1)).standing).toMatchObject({ items: 1, days: 2 });
    expect(ask('2026-01-05', done).standing).toMatchObject({ items: 3, days: 9 });
  });

  it('has dates for the 51 block items, 7 requirements and 12 deliverables', () => {
    expect(ask('2026-01-05').standing.total).toBe(51 + 7 + 12);
  });
});

describe('for any start, any day and anything done', () => {
  const day = fc.integer({ min: dayOf('0001-01-01'), max: dayOf('9998-12-31') });
  const start = fc.integer({ min: dayOf('2020-01-01'), max: dayOf('2035-12-31') });
  const offset = fc.integer({ min: -40, max: 260 });
  const done = fc.subarray(everything);
  const on = (begin: number, today: number, ids: readonly string[]) =>
    ask(dateOf(today), ids, dateOf(begin));

  it('never throws, and asks for something as long as something is open', () => {
    fc.assert(
      fc.property(day, day, done, (begin, today, ids) => {
        const { asks, leftOver, standing } = on(begin, today, ids);
        expect(asks.length > 0).toBe(ids.length < everything.length);
        expect([...asks, ...leftOver].filter(({ item }) => ids.includes(item.id))).toEqual([]);
        expect(new Set([...asks, ...leftOver]).size).toBe(asks.length + leftOver.length);
        expect(Math.sign(standing.items)).toBe(Math.sign(standing.days));
      }),
    );
  });

  it('is monotone: a later day never expects less, and never leaves one further ahead', () => {
    fc.assert(
      fc.property(start, offset, fc.nat(40), done, (begin, after, more, ids) => {
        const [early, late] = [begin + after, begin + after + more].map((each) =>
          on(begin, each, ids),
        );
        expect(late?.standing.expected).toBeGreaterThanOrEqual(early?.standing.expected ?? NaN);
        expect(late?.standing.items).toBeLessThanOrEqual(early?.standing.items ?? NaN);
        expect(late?.standing.days).toBeLessThanOrEqual(early?.standing.days ?? NaN);
        if (early?.week && late?.week) expect(late.week).toBeGreaterThanOrEqual(early.week);
      }),
    );
  });

  it('is monotone: doing more never leaves one further behind', () => {
    fc.assert(
      fc.property(start, offset, done, fc.nat(everything.length - 1), (begin, after, ids, one) => {
        const fewer = on(begin, begin + after, ids).standing;
        const more = on(begin, begin + after, [...ids, everything[one] ?? '']).standing;
        expect(more.items).toBeGreaterThanOrEqual(fewer.items);
        expect(more.days).toBeGreaterThanOrEqual(fewer.days);
      }),
    );
  });

  it('gives everything a date within the plan, in its own block, in study order', () => {
    fc.assert(
      fc.property(start, (begin) => {
        const schedule = scheduleOf(curriculum, begin);
        const { weekOne, endsOn } = on(begin, begin, []);
        const monday = dayOf(weekOne);
        expect(schedule.map(({ item }) => item.id)).toEqual(everything);
        expect(weekdayOf(monday)).toBe(1);
        expect(Math.abs(monday - begin)).toBeLessThanOrEqual(4);
        expect(dayOf(endsOn)).toBe(monday + 24 * 7 - 1);
        for (const { item, day: due } of schedule) {
          expect(due).toBeGreaterThanOrEqual(Math.max(begin, monday + (item.weeks[0] - 1) * 7));
          expect(due).toBeLessThan(monday + item.weeks[1] * 7);
          if (item.kind === 'theory') expect(weekdayOf(due)).toBeLessThanOrEqual(3);
          if (item.kind === 'practice') expect(weekdayOf(due)).toBeGreaterThanOrEqual(4);
        }
      }),
    );
  });
});

describe('a civil day', () => {
  it('knows its weekday and its date', () => {
    expect(weekdayOf(dayOf('2026-01-05'))).toBe(1);
    expect(weekdayOf(dayOf('1969-12-28'))).toBe(7);
    expect(dateOf(dayOf('2024-02-29') + 1)).toBe('2024-03-01');
  });
});
