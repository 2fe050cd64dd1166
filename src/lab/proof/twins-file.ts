import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { errorCode, errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { packageRoot } from '../../base/package.js';
import { proofTexts } from '../../i18n/proof.js';
import { texts } from '../../i18n/text.js';
import type { KataOnDisk } from '../../kata/discover.js';
import type { Expectation } from '../../kata/findings.js';

export interface Twin {
  readonly name: string;
  readonly kind: 'broken' | 'right';
  /** Absolute. */
  readonly folder: string;
  readonly wanted: Expectation;
  /** Words of the command line, those of every twin of the kata first. */
  readonly options: readonly string[];
}

const words = z.array(z.string());
const shape = z.strictObject({
  options: words.optional(),
  broken: z.record(
    z.string(),
    z.strictObject({
      /** The invariant that must catch it. */
      caughtBy: z.string(),
      /** Those that may break along with it. */
      with: words.optional(),
      options: words.optional(),
    }),
  ),
  right: words,
  /** What the machine must have besides what builds them: for the lab's own tests. */
  needs: z.string().optional(),
});

/**
 * The programs that prove a kata's checker, from its twins.json: the lab's own are among its tests,
 * those of a kata from outside beside it. Undefined where it has none.
 * @throws PlanError `bad-twins` (exit 2)
 */
export async function readTwins(found: KataOnDisk): Promise<Twin[] | undefined> {
  const folder = twinsFolder(found);
  const file = path.join(folder, 'twins.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw bad(file, errorMessage(error));
  });
  if (text === undefined) return undefined;
  const { broken, right, options = [] } = parse(text, file);
  const twins = [
    ...Object.entries(broken).map(([name, twin]): Twin => ({
      ...{ name, kind: 'broken', folder: path.join(folder, name) },
      wanted: { verdict: 'violated', by: twin.caughtBy, with: twin.with ?? [] },
      options: [...options, ...(twin.options ?? [])],
    })),
    ...right.map((name): Twin => ({
      ...{ name, kind: 'right', folder: path.join(folder, name), options },
      wanted: { verdict: 'holds' },
    })),
  ];
  await sameAs(folder, file, twins);
  return twins;
}

export function twinsFolder({ kata, folder, word }: KataOnDisk): string {
  return word === undefined
    ? path.join(packageRoot, 'test', 'twins', kata.id)
    : path.join(folder, 'twins');
}

function parse(text: string, file: string): z.infer<typeof shape> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw bad(file, errorMessage(error));
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw bad(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

/** A twin that nobody lists proves nothing. What twins share is a file, or begins with `twin-`. */
async function sameAs(folder: string, file: string, twins: readonly Twin[]): Promise<void> {
  const t = texts(proofTexts);
  const there = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && !/^(?:twin-|\.|node_modules$)/.test(entry.name))
    .map(({ name }) => name);
  const names = twins.map(({ name }) => name);
  const unlisted = there.find((name) => !names.includes(name));
  if (unlisted !== undefined) throw bad(file, t.unlisted(unlisted));
  for (const { name, folder: place } of twins)
    await stat(place).catch(() => {
      throw bad(file, t.noSuchTwin(name));
    });
}

function bad(file: string, why: string): PlanError {
  const t = texts(proofTexts);
  return new PlanError({
    code: 'bad-twins',
    exit: exitCodes.usage,
    what: t.badTwins(file, why),
    mend: t.badTwinsMend,
  });
}
