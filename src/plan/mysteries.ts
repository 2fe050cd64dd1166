import { mkdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { errorCode, errorMessage, exitCodes, PlanError } from '../base/errors.js';
import { mysteryTexts } from '../i18n/mystery.js';
import { texts } from '../i18n/text.js';

const mystery = {
  /** What it hides follows from this, by a digest: it is written nowhere. */
  number: z.int(),
  /** The folder of its run, below the root; null until one has come out clear. */
  run: z.string().nullable(),
  /** How many hints were taken. */
  hints: z.int(),
  /** Causes that were named and are not it. */
  wrong: z.array(z.string()),
};

const shape = z.object({
  schema: z.literal(1),
  open: z.object(mystery).nullable(),
  past: z.array(z.object({ ...mystery, outcome: z.enum(['found', 'given-up']) })),
});

/** The learner's mysteries: the one that is open, if any, and those that are over, the last one last. */
export type Mysteries = z.infer<typeof shape>;
export type OpenMystery = NonNullable<Mysteries['open']>;

const none: Mysteries = { schema: 1, open: null, past: [] };

const fileIn = (root: string): string => path.join(root, 'results', 'mystery', 'mysteries.json');

/** @throws PlanError `bad-mysteries` */
export async function readMysteries(root: string): Promise<Mysteries> {
  const file = fileIn(root);
  try {
    return shape.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return none;
    const t = texts(mysteryTexts);
    const why = error instanceof z.ZodError ? t.otherShape : errorMessage(error);
    throw fault('bad-mysteries', t.badFile(file, why), t.badFileMend(file), error);
  }
}

/** The only writer. @throws PlanError `results-not-writable` */
export async function writeMysteries(root: string, mysteries: Mysteries): Promise<void> {
  const file = fileIn(root);
  const aside = `${file}.${process.pid}.aside`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    await writeFile(aside, `${JSON.stringify(mysteries, null, 2)}\n`);
    await rename(aside, file);
  } catch (error) {
    const t = texts(mysteryTexts);
    const folder = path.dirname(file);
    throw fault(
      'results-not-writable',
      t.notWritten(file, errorMessage(error)),
      t.notWrittenMend(folder),
      error,
    );
  }
}

/** The open one becomes one of those that are over. */
export function ended(
  mysteries: Mysteries,
  open: OpenMystery,
  outcome: 'found' | 'given-up',
): Mysteries {
  return { ...mysteries, open: null, past: [...mysteries.past, { ...open, outcome }] };
}

function fault(code: string, what: string, mend: string, cause: unknown): PlanError {
  return new PlanError({ code, exit: exitCodes.environment, what, mend, cause });
}
