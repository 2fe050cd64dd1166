import { z } from 'zod';
import type { CurriculumFile, Weekday } from './curriculum-file.js';

/**
 * What fixtures/plan.yaml must look like; tests hold it against the file, so that no command pays
 * for it. Strict: a mistyped key is refused rather than dropped.
 */
export const curriculumSchema = curriculumShape().superRefine((file, context) => {
  const seen = new Set<string>();
  for (const id of idsOf(file)) {
    if (seen.has(id)) context.addIssue({ code: 'custom', message: `the id ${id} is used twice` });
    seen.add(id);
  }
  for (const message of misplaced(file)) context.addIssue({ code: 'custom', message });
});

/** Every id of the file, in its order. */
export function idsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'id' ? [String(inner)] : idsOf(inner),
  );
}

function curriculumShape() {
  const written = z.string().regex(/\S/, 'a text is empty');
  const text = z.strictObject({ es: written, en: written });
  const entryWith = (id: RegExp) => ({ id: z.string().regex(id), label: text });
  const entry = (id: RegExp) => z.strictObject(entryWith(id));
  const entries = (id: RegExp) => z.array(entry(id));
  const weeks = z.tuple([z.int().min(1), z.int().min(1)]).refine(([a, b]) => a <= b, 'weeks');
  const weekday = z.custom<Weekday>((day) => z.int().min(1).max(7).safeParse(day).success);

  const block = z.strictObject({
    id: z.string().regex(/^m\d\.b\d$/),
    weeks,
    title: text,
    source: text.optional(),
    theory: entries(/^m\d\.b\d\.theory-\d+$/),
    practice: z.array(
      z.strictObject({
        ...entryWith(/^m\d\.b\d\.(kata|practice)-\d+$/),
        kata: z
          .string()
          .regex(/^[a-z][a-z0-9-]*$/)
          .optional(),
        points: entries(/^m\d\.b\d\.(kata|practice)-\d+\.\d+$/).optional(),
      }),
    ),
    requirements: z
      .array(
        z.strictObject({
          ...entryWith(/^m\d\.b\d\.requirement-\d+$/),
          kata: z
            .string()
            .regex(/^[a-z][a-z0-9-]*$/)
            .optional(),
        }),
      )
      .optional(),
    technologies: entries(/^m\d\.b\d\.technology-\d+$/).optional(),
    tools: text.optional(),
    language: text.optional(),
    deliverables: z
      .array(
        z.strictObject({
          ...entryWith(/^m\d\.b\d\.deliverable(-\d+)?$/),
          kata: z
            .string()
            .regex(/^[a-z][a-z0-9-]*$/)
            .optional(),
          shownBy: z.literal('page').optional(),
        }),
      )
      .optional(),
  });
  const section = (id: RegExp) =>
    z.strictObject({ title: text, intro: text, entries: entries(id).min(1) });

  return z.strictObject({
    title: text,
    intro: text,
    goal: text,
    usage: z.strictObject({
      title: text,
      rhythm: z.array(
        z.strictObject({
          ...entryWith(/^rhythm\.[a-z]+$/),
          days: z.array(weekday).min(1),
          everyWeeks: z.int().min(1),
        }),
      ),
    }),
    overview: z.strictObject({ title: text }),
    months: z.array(
      z.strictObject({
        id: z.string().regex(/^m\d$/),
        title: text,
        progress: entry(/^m\d\.progress$/),
        milestone: entry(/^m\d\.milestone$/),
        blocks: z.array(block).min(1),
      }),
    ),
    template: z.strictObject({ title: text, intro: text, markdown: text }),
    milestones: z.strictObject({ title: text, intro: text }),
    resources: z.strictObject({
      title: text,
      phases: z.array(
        z.strictObject({
          id: z.string().regex(/^resources\.[a-z-]+$/),
          title: text,
          blocks: z.array(z.string()),
          entries: entries(/^resources\.[a-z-]+\.\d+$/).min(1),
        }),
      ),
    }),
    final: z.strictObject({
      ...{ title: text, intro: text },
      entries: z
        .array(
          z.strictObject({
            ...entryWith(/^final\.\d+$/),
            shownBy: z.enum(['lower-p99', 'mystery']).optional(),
          }),
        )
        .min(1),
    }),
    nextLevel: section(/^next-level\.\d+$/),
    closing: entries(/^closing\.\d+$/),
  }) satisfies z.ZodType<CurriculumFile>;
}

/** Ids that do not say where their item is, weeks with a gap, blocks that are not there. */
function misplaced({ months, resources }: CurriculumFile): string[] {
  const blocks = months.flatMap((month) => month.blocks);
  const wrong = months.flatMap((month, index) => [
    ...(month.id === `m${index + 1}` ? [] : [`the month ${month.id} is number ${index + 1}`]),
    ...month.blocks.flatMap((block, at) =>
      block.id === `${month.id}.b${at + 1}` ? [] : [`the block ${block.id} is misnumbered`],
    ),
    ...idsOf(month)
      .filter((id) => id !== month.id && !id.startsWith(`${month.id}.`))
      .map((id) => `${id} is not of the month ${month.id}`),
  ]);
  const practices = blocks.flatMap(({ practice }) => practice);
  const known = new Set(blocks.map(({ id }) => id));
  return [
    ...wrong,
    ...blocks.flatMap((block) =>
      idsOf(block)
        .filter((id) => id !== block.id && !id.startsWith(`${block.id}.`))
        .map((id) => `${id} is not of the block ${block.id}`),
    ),
    ...practices
      // One that has no number has a name of its own.
      .filter(
        ({ id, kata }) =>
          kata !== undefined && /\bkata-/.test(`${id} ${kata}`) && !id.endsWith(`.${kata}`),
      )
      .map(({ id, kata }) => `${id} is not the id of ${kata ?? ''}`),
    ...practices.flatMap(({ id, points = [] }) =>
      points
        .filter((point, at) => point.id !== `${id}.${at + 1}`)
        .map((point) => `${point.id} is misnumbered`),
    ),
    ...blocks
      .filter(({ weeks }, at) => weeks[0] !== (blocks[at - 1]?.weeks[1] ?? 0) + 1)
      .map(({ id }) => `the weeks of ${id} do not follow on those before`),
    ...resources.phases
      .flatMap((phase) => phase.blocks)
      .filter((id) => !known.has(id))
      .map((id) => `resources name the block ${id}, which is not there`),
  ];
}
