import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../base/package.js';
import { hasPrograms } from '../kata/define.js';
import { listKatas } from '../kata/discover.js';
import type { CurriculumFile } from './curriculum-file.js';
import { allItems, toCurriculum } from './curriculum.js';
import { dateOf, dayOf } from './day.js';
import { nextSteps, tickedBy } from './next-steps.js';
import type { Progress } from './progress.js';

const yaml = readFileSync(path.join(packageRoot, 'fixtures', 'plan.yaml'), 'utf8');
const curriculum = toCurriculum(parse(yaml) as CurriculumFile);
const everything = allItems(curriculum).map(({ id }) => id);
const before = (id: string) => everything.slice(0, everything.indexOf(id));

const notes = new Map([['m2.b1.theory-4', 'cap']]);

/** The lab has kata-4 alone, and one note. 2026-01-05 is a Monday. */
function tell(today: string, done: readonly string[] = [], katas: Progress['katas'] = {}) {
  const items = Object.fromEntries(done.map((id) => [id, { date: '2026-01-05' }]));
  const progress: Progress = { schema: 1, startedOn: '2026-01-05', locale: null, items, katas };
  return nextSteps({ curriculum, progress, today, notes, labKatas: new Set(['kata-4']) });
}

describe('what plan next tells', () => {
  it('of a kata of several services: how many of them have held so far', () => {
    const roles = { payment: { run: 'results/kata-4/x', date: '2026-02-03' } };
    const asksOf = (katas: Progress['katas']) =>
      tell('2026-02-12', before('m2.b1.kata-4'), katas).asks.find(({ kata }) => kata === 'kata-4');
    expect(asksOf({ 'kata-4': { held: { of: 3, roles } } })?.held).toEqual({ done: 1, total: 3 });
    expect(asksOf({ 'kata-4': { last: null } })).not.toHaveProperty('held');
  });

  it('on a theory day: what to read, what else to read, and the tick', () => {
    const steps = tell('2026-02-02', before('m2.b1.theory-1'));
    expect(steps).toMatchObject({
      phase: 'theory',
      month: 2,
      command: 'plan check m2.b1.theory-1',
    });
    expect(steps.asks[0]).toMatchObject({
      kind: 'theory',
      source: { es: 'README Fase 2' },
      isLate: false,
      commands: ['plan check m2.b1.theory-1'],
    });
    expect(steps.resources.map(({ es }) => es)).toEqual([
      'PostgreSQL Isolation Levels (docs oficiales)',
      '"Designing Data-Intensive Applications" Cap 7',
    ]);
  });

  it('on a theory day with a note: the note to read, then the tick', () => {
    const steps = tell('2026-02-02', before('m2.b1.theory-4'));
    expect(steps.asks[0]).toMatchObject({
      note: 'cap',
      source: { es: 'README Fase 2' },
      commands: ['plan show cap', 'plan check m2.b1.theory-4'],
    });
    expect(steps.command).toBe('plan show cap');
  });

  it('on a kata day: the lesson, the brief, and how to be judged', () => {
    const steps = tell('2026-02-12', before('m2.b1.kata-4'));
    const [lesson, brief, own] = [
      'plan run kata-4',
      'plan show kata-4',
      'plan run kata-4 --impl ./mine',
    ];
    expect(steps).toMatchObject({ phase: 'katas', command: lesson, resources: [] });
    expect(steps.asks[0]).toMatchObject({
      isInLab: true,
      commands: [lesson, brief, own],
      does: ['lesson', 'brief', 'own'],
    });
    const later = tell('2026-02-12', before('m2.b1.kata-4'), { 'kata-4': {} });
    expect(later.asks[0]?.commands).toEqual([own, brief, lesson]);
    expect(later.command).toBe(own);
  });

  it('of a kata that the lab does not have: what it comes to, and the tick', () => {
    const steps = tell('2026-02-05', before('m2.b1.kata-3'));
    expect(steps.asks[0]).toMatchObject({
      kata: 'kata-3',
      isInLab: false,
      points: [{ es: 'Con transacción' }, { es: 'Sin transacción (observar fallo)' }],
      commands: ['plan check m2.b1.kata-3'],
    });
  });

  it('on the day of the review: a page for each kata that was run, the report', () => {
    const done = before('m2.b2.theory-1');
    expect(tell('2026-02-15', done).review).toEqual({
      commands: ['plan report'],
      does: ['report'],
      milestone: null,
    });
    const steps = tell('2026-02-15', done, { 'kata-4': {}, 'kata-3': {} });
    expect(steps.review?.commands).toEqual(['plan doc kata-4', 'plan report']);
    expect(steps.command).toBe('plan doc kata-4');
    expect(tell('2026-02-14', done).review).toBeNull();
  });

  it('on the last day of a month: its milestone too, unless it is reached', () => {
    const done = before('m1.milestone');
    expect(tell('2026-02-01', done).review).toMatchObject({
      commands: ['plan report', 'plan check m1.milestone'],
      milestone: { es: 'Explicar race conditions y resolverlas' },
    });
    const reached = tell('2026-02-01', [...done, 'm1.milestone']);
    expect(reached.review).toEqual({
      commands: ['plan report'],
      does: ['report'],
      milestone: null,
    });
  });

  it('without progress: the plan as if it began today', () => {
    const today = '2026-03-11';
    const steps = nextSteps({
      ...{ curriculum, progress: undefined, today },
      ...{ notes: new Map(), labKatas: new Set() },
    });
    expect(steps).toMatchObject({
      startedOn: null,
      week: 1,
      standing: { done: 0, items: 0, days: 0 },
      leftOver: [],
      command: 'plan check m1.b1.theory-1',
    });
  });

  it('once the blocks are done: the final checklist; once all is, the next level', () => {
    const blocks = before('final.1');
    const steps = tell('2026-06-25', blocks);
    expect(steps).toMatchObject({
      finalOpen: 10,
      nextLevel: [],
      command: 'plan checklist --final',
    });
    const complete = tell('2026-06-25', everything);
    expect(complete).toMatchObject({ finalOpen: 0, command: 'plan report', asks: [] });
    expect(complete.nextLevel).toHaveLength(5);
  });

  it('has a command on any day, whatever is done', () => {
    const day = fc.integer({ min: dayOf('2025-11-01'), max: dayOf('2026-09-01') });
    fc.assert(
      fc.property(day, fc.subarray(everything), (today, done) => {
        const steps = tell(dateOf(today), done);
        expect(isTickCommand(steps.command)).toBe(['tick', 'milestone'].includes(steps.does));
        expect(steps.command).toMatch(/^plan (run|show|check|doc|report|checklist)/);
        for (const step of [...steps.asks, ...steps.leftOver]) {
          expect(done).not.toContain(step.id);
          expect(step.commands.length).toBeGreaterThan(0);
          expect(step.does).toHaveLength(step.commands.length);
        }
      }),
    );
  });
});

function isTickCommand(command: string): boolean {
  return command.startsWith('plan check ');
}

describe('what ticks an item', () => {
  it('is told of each practice, deliverable and requirement, and by hand ticks what no run can', async () => {
    const lab = (await listKatas()).map(({ kata }) => kata);
    const ids = new Set(lab.map(({ id }) => id));
    const asked = allItems(curriculum).filter(({ kind }) =>
      ['practice', 'deliverable', 'requirement'].includes(kind),
    );
    // Whatever a kata says that it ticks, the plan says of that kata.
    for (const { id, item, requirements = [], ...kata } of lab)
      for (const shown of [
        ...(item === undefined ? [] : [item]),
        ...requirements.map((one) => one.item),
      ]) {
        const ticked = asked.find((one) => one.id === shown);
        expect(ticked?.kata, shown).toBe(id);
        expect(tickedBy(ticked ?? {}, ids), shown).toBe(hasPrograms(kata) ? 'own' : 'page');
      }
    const by = (kind: string) =>
      new Set(asked.filter((one) => one.kind === kind).map((one) => tickedBy(one, ids)));
    expect(by('practice')).toEqual(new Set(['own', 'hand']));
    expect(by('deliverable')).toEqual(new Set(['page', 'own', 'hand']));
    expect(by('requirement')).toEqual(new Set(['own']));
    for (const item of asked) {
      const last = { own: '--impl', page: 'plan doc', hand: `plan check ${item.id}` };
      const commands = stepsFor(item.id, ids);
      expect(commands, item.id).toContain(last[tickedBy(item, ids)]);
    }
  });
});

/** The commands that `plan next` gives for an item, once all before it is done. */
function stepsFor(id: string, labKatas: ReadonlySet<string>): string {
  const items = Object.fromEntries(before(id).map((one) => [one, { date: '2026-01-05' }]));
  const progress: Progress = { schema: 1, startedOn: '2026-01-05', locale: null, items, katas: {} };
  const told = nextSteps({ curriculum, progress, today: '2026-07-01', notes, labKatas });
  const step = [...told.asks, ...told.leftOver].find((one) => one.id === id);
  return (step?.commands ?? []).join('\n');
}
