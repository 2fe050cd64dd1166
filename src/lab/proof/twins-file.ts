import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { errorCode, errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { proofTexts } from '../../i18n/proof.js';
import { texts } from '../../i18n/text.js';
import type { KataOnDisk } from '../../kata/discover.js';
import type { Expectation } from '../../kata/findings.js';
import { languages } from '../implementation/languages.js';

export interface Twin {
  readonly name: string;
  readonly kind: 'broken' | 'right';
  /** Its folder, or the one file that it is; absolute. */
  readonly place: string;
  readonly wanted: Expectation;
  /** Words of the command line, those of every twin of the kata first. */
  readonly options: readonly string[];
  /** Left out of a sample: broken, where its rule is held otherwise; right, where others like it are in it. */
  readonly isSoak?: boolean;
}

const extensions = Object.values(languages).flatMap((language) => language.extensions);

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
      /** Only where all are run: it is never in a sample. */
      soak: z.literal(true).optional(),
    }),
  ),
  right: z.array(
    z.union([
      z.string(),
      z.strictObject({
        name: z.string(),
        options: words.optional(),
        soak: z.literal(true).optional(),
      }),
    ]),
  ),
  /** So many beside each other at most, where their times tell nothing on a machine that is busy. */
  atOnce: z.number().int().positive().optional(),
  /**
   * What a sample of them shows at least, besides acts, choices and languages: each rule, or those alone
   * that no history made by hand breaks.
   */
  sampledBy: z.enum(['rules', 'acts']).optional(),
  /** Of a sample by acts: rules that no history breaks, so that it shows them as well. */
  byTwins: words.optional(),
  /** They judge times so closely that the lab's own tests run them last, when nothing else is at work. */
  quiet: z.literal(true).optional(),
  /** What the machine must have besides what builds them: for the lab's own tests. */
  needs: z.string().optional(),
});

export interface Twins {
  readonly twins: readonly Twin[];
  /** So many may be run beside each other; undefined: as many as the lab likes. */
  readonly atOnce: number | undefined;
  readonly sampledBy: 'rules' | 'acts';
  readonly byTwins: readonly string[];
}

/**
 * The programs that prove a kata's rules, from the twins.json among them. Undefined where a kata
 * has none.
 * @throws PlanError `bad-twins` (exit 2)
 */
export async function readTwins(found: Pick<KataOnDisk, 'folder'>): Promise<Twins | undefined> {
  const folder = twinsFolder(found);
  const file = path.join(folder, 'twins.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw bad(file, errorMessage(error));
  });
  if (text === undefined) return undefined;
  const { broken, right: listed, options = [], atOnce, ...sampled } = parse(text, file);
  const { sampledBy = 'rules', byTwins = [] } = sampled;
  const right = listed.map((one) => (typeof one === 'string' ? { name: one } : one));
  const places = await placesIn(folder, file, [
    ...Object.keys(broken),
    ...right.map(({ name }) => name),
  ]);
  const place = (name: string): string => places.get(name) ?? path.join(folder, name);
  const twins = [
    ...Object.entries(broken).map(([name, twin]): Twin => ({
      ...{ name, kind: 'broken', place: place(name) },
      wanted: { verdict: 'violated', by: twin.caughtBy, with: twin.with ?? [] },
      options: [...options, ...(twin.options ?? [])],
      ...(twin.soak && { isSoak: true }),
    })),
    ...right.map((twin): Twin => ({
      ...{ name: twin.name, kind: 'right', place: place(twin.name) },
      wanted: { verdict: 'holds' },
      options: [...options, ...(twin.options ?? [])],
      ...(twin.soak && { isSoak: true }),
    })),
  ];
  return { twins, atOnce, sampledBy, byTwins };
}

export function twinsFolder({ folder }: Pick<KataOnDisk, 'folder'>): string {
  return path.join(folder, 'twins');
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

/**
 * Where each twin is: a folder of its name, or the one file that it is. A twin that nobody lists
 * proves nothing. What twins share begins with `twin`, or is a file that one of them names.
 */
async function placesIn(
  folder: string,
  file: string,
  names: readonly string[],
): Promise<Map<string, string>> {
  const t = texts(proofTexts);
  const there = await readdir(folder, { withFileTypes: true });
  const programs = there.filter(
    (entry) => entry.isDirectory() || extensions.includes(path.extname(entry.name)),
  );
  const nameOf = (entry: Dirent): string =>
    entry.isDirectory() ? entry.name : path.parse(entry.name).name;
  const places = new Map(programs.map((entry) => [nameOf(entry), path.join(folder, entry.name)]));
  const missing = names.find((name) => !places.has(name));
  if (missing !== undefined) {
    const there = [...places.keys()].filter((name) => !names.includes(name) && name !== 'twin');
    throw bad(file, t.noSuchTwin(missing, there.join(', ')), t.noSuchTwinMend(missing));
  }
  const sources = await Promise.all(names.map((name) => sourceOf(places.get(name) ?? '')));
  const isShared = (entry: Dirent): boolean =>
    /^(?:twin\b|\.|node_modules$|__pycache__$)/.test(entry.name) ||
    (!entry.isDirectory() && sources.some((source) => source.includes(`/${entry.name}'`)));
  const unlisted = programs.find((one) => !names.includes(nameOf(one)) && !isShared(one));
  if (unlisted)
    throw bad(file, t.unlisted(unlisted.name), t.unlistedMend(unlisted.name, nameOf(unlisted)));
  return places;
}

/** What a twin says in the file that is run, as far as it is easily found. */
async function sourceOf(place: string): Promise<string> {
  return readFile(path.extname(place) === '' ? path.join(place, 'main.js') : place, 'utf8').catch(
    () => '',
  );
}

function bad(file: string, why: string, mend = texts(proofTexts).badTwinsMend): PlanError {
  const t = texts(proofTexts);
  return new PlanError({
    code: 'bad-twins',
    exit: exitCodes.usage,
    what: t.badTwins(file, why),
    mend,
  });
}
