import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../base/package.js';
import { curriculumSchema, idsOf } from './curriculum-schema.js';
import { allItems, blockItems, findBlock, findItem, toCurriculum } from './curriculum.js';
import type { BlockEntry, CurriculumFile, Entry } from './curriculum-file.js';

const fixture = (name: string) => readFileSync(path.join(packageRoot, 'fixtures', name), 'utf8');
const yaml = fixture('plan.yaml');
const source = fixture('plan-de-estudio.md');
const file = curriculumSchema.parse(parse(yaml));
const curriculum = toCurriculum(file);

describe('the plan in fixtures/plan.yaml', () => {
  it('says, line for line, what its source says and nothing more', () => {
    expect(asMarkdown(file).flatMap(plain)).toEqual(source.split('\n').flatMap(plain));
  });

  it('has the numbers of its source: 6 months, 11 blocks, 51 block items, 10 final points', () => {
    expect(file.months).toHaveLength(6);
    expect(file.months.flatMap(({ blocks }) => blocks)).toHaveLength(11);
    expect(blockItems(curriculum)).toHaveLength(51);
    expect(curriculum.final.items).toHaveLength(10);
    expect(source.match(/^- \[ \]/gm)).toHaveLength(6 + 51 + 10);
  });

  it('has every tick box of its source as an item, and no tick box besides', () => {
    const boxes = [...source.matchAll(/^- \[ \] (.*)$/gm)].flatMap(([, label = '']) =>
      plain(label),
    );
    const ticked = ['theory', 'practice', 'month', 'final'];
    const labels = allItems(curriculum)
      .filter(({ kind }) => ticked.includes(kind))
      .map(({ label }) => label.es);
    expect(labels.toSorted()).toEqual(boxes.toSorted());
  });

  it('names the katas 0 to 13 and the one without a number, each once', () => {
    const practices = allItems(curriculum).filter(({ kind }) => kind === 'practice');
    const katas = practices.flatMap(({ kata }) => kata ?? []);
    const numbered = katas.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    const all = Array.from({ length: 14 }, (_, number) => `kata-${number}`);
    expect(numbered).toEqual(['cqrs', ...all]);
  });
});

describe('the schema of the plan', () => {
  const refuses = (from: string | RegExp, to: string, complaint: RegExp) => {
    const changed = yaml.replace(from, to);
    expect(changed).not.toBe(yaml);
    expect(curriculumSchema.safeParse(parse(changed)).error?.message).toMatch(complaint);
  };

  it('refuses an unknown key', () => refuses('goal:', 'goals: 1\ngoal:', /goals/));
  it('refuses a missing key', () => refuses(/^milestones:/m, 'Milestones:', /milestones/));
  it('refuses an empty translation', () => refuses('en: Fundamentals }', "en: ' ' }", /empty/));
  it('refuses an id used twice', () =>
    refuses('id: m1.b1.theory-2', 'id: m1.b1.theory-1', /m1\.b1\.theory-1 is used twice/));
  it('refuses a badly formed id', () => refuses('id: final.1\n', 'id: final-1\n', /invalid/i));
  it('refuses an item in the wrong block', () =>
    refuses('id: m1.b1.theory-2', 'id: m1.b2.theory-9', /not of the block m1\.b1/));
  it('refuses a kata under another name', () =>
    refuses('kata: kata-4', 'kata: kata-5', /not the id of kata-5/));
  it('refuses a number for one that has none', () =>
    refuses('kata: cqrs', 'kata: kata-14', /not the id of kata-14/));
  it('refuses a gap between weeks', () => refuses('weeks: [5, 6]', 'weeks: [6, 6]', /follow/));
  it('refuses resources of a block that is not there', () =>
    refuses('blocks: [m5.b1]', 'blocks: [m5.b7]', /m5\.b7/));
});

describe('the items', () => {
  it('know their place', () => {
    expect(findItem(curriculum, 'm2.b1.kata-4')).toMatchObject({
      kind: 'practice',
      month: 2,
      block: 'm2.b1',
      weeks: [5, 6],
      kata: 'kata-4',
    });
    expect(findItem(curriculum, 'm2.milestone')).toMatchObject({ month: 2, weeks: [5, 8] });
    expect(findItem(curriculum, 'final.10')).toMatchObject({ kind: 'final', weeks: [21, 24] });
  });

  it('are found by the name of their kata, and with their points', () => {
    expect(findItem(curriculum, 'Kata-4')?.id).toBe('m2.b1.kata-4');
    const point = findItem(curriculum, 'm2.b1.kata-4.1');
    expect(point).toMatchObject({ kind: 'point', parent: 'm2.b1.kata-4', block: 'm2.b1' });
    expect(findItem(curriculum, 'm9.b9.theory-1')).toBeUndefined();
    expect(findBlock(curriculum, 'm6.b1')?.technologies).toHaveLength(7);
  });

  it('come in study order, without their points', () => {
    const ids = allItems(curriculum).map(({ id }) => id);
    const inFile = idsOf(file).filter((id) => ids.includes(id));
    const ofBlocks = (id: string) => /^m\d\.b\d/.test(id);
    expect(ids.filter(ofBlocks)).toEqual(inFile.filter(ofBlocks));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain('m2.b1.kata-4.1');
  });
});

/** One line without its markdown, emoji and dashes; nothing for an empty one. */
function plain(line: string): string[] {
  const bare = line
    .replace(/\*\*/g, '')
    .replace(/\p{Extended_Pictographic}\uFE0F?/gu, '')
    .replace(/^\s*(?:---$|[>#]+ |(?:-|\d+\.) (?:\[ \] )?)/, '')
    .trim();
  return bare === '' ? [] : [bare];
}

/** Writes the source again from the data, with the headings that every block has. */
function asMarkdown(plan: CurriculumFile): string[] {
  const es = ({ label }: Entry) => label.es;
  const { usage, overview, months, template, milestones, resources } = plan;
  return [
    ...[plan.title.es, plan.intro.es, `Objetivo: ${plan.goal.es}`],
    ...[usage.title.es, ...usage.rhythm.map(es)],
    ...[overview.title.es, ...months.map(({ progress }) => progress.label.es)],
    ...months.flatMap(({ title, blocks }, index) => [
      `MES ${index + 1} — ${title.es}`,
      ...blocks.flatMap(blockAsMarkdown),
    ]),
    ...[template.title.es, template.intro.es, '```markdown'],
    ...[...template.markdown.es.split('\n'), '```'],
    ...[milestones.title.es, milestones.intro.es],
    ...months.map(({ milestone }, index) => `Mes ${index + 1}: ${milestone.label.es}`),
    resources.title.es,
    ...resources.phases.flatMap(({ title, entries }) => [title.es, ...entries.map(es)]),
    ...[plan.final, plan.nextLevel].flatMap(({ title, intro, entries }) => [
      ...[title.es, intro.es],
      ...entries.map(es),
    ]),
    ...plan.closing.map(es),
  ];
}

function blockAsMarkdown(block: BlockEntry): string[] {
  const es = ({ label }: Entry) => label.es;
  const titled = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [title, ...lines];
  const { requirements = [], technologies = [], deliverables = [] } = block;
  return [
    `Semana ${block.weeks.join('-')}: ${block.title.es}`,
    ...(block.source ? [`Teoría: ${block.source.es}`] : []),
    ...block.theory.map(es),
    ...titled(
      'Práctica:',
      block.practice.flatMap((practice) => [practice, ...(practice.points ?? [])].map(es)),
    ),
    ...titled('Requisitos:', requirements.map(es)),
    ...titled('Tecnologías sugeridas:', technologies.map(es)),
    ...(block.tools ? [`Herramientas: ${block.tools.es}`] : []),
    ...(block.language ? [`Lenguaje: ${block.language.es}`] : []),
    ...(deliverables.length === 1
      ? deliverables.map((deliverable) => `Entregable: ${es(deliverable)}`)
      : titled('Entregable:', deliverables.map(es))),
  ];
}
