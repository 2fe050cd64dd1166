import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { proofTexts } from '../../i18n/proof.js';
import { texts } from '../../i18n/text.js';
import { languageNames } from '../../kata/define.js';
import type { FieldProblem } from '../../kata/schema.js';

/**
 * The rooms of a kata, and what each may look into. A room is a file, a folder, or both; one may be
 * missing, and none has another name. What is in an order cannot go round in a circle.
 */
const rooms = {
  contract: [],
  notes: ['contract'],
  experiment: ['contract', 'notes'],
  story: ['contract', 'notes'],
  figures: ['contract', 'notes', 'story'],
  rules: ['contract', 'notes', 'story', 'figures'],
  'dead-letters': ['contract', 'notes', 'experiment', 'story'],
  kata: ['contract', 'experiment', 'rules', 'dead-letters'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
type Room = keyof typeof rooms;

/** What else may be in the folder: programs, twins, and what tools put there. */
const besides = [...languageNames, 'twins', 'node_modules', 'results', 'journal'];
const longestData = 250;

/**
 * What of a kata's folder has another shape than every kata has.
 * @param roles of a system: each has a folder for its schema and its references
 */
export async function shapeProblems(
  folder: string,
  roles: readonly string[] = [],
): Promise<FieldProblem[]> {
  const t = texts(proofTexts);
  const entries = await readdir(folder, { withFileTypes: true });
  const stray = entries.filter((entry) =>
    entry.isDirectory()
      ? !entry.name.startsWith('.') &&
        ![...besides, ...roles].includes(entry.name) &&
        !isRoom(entry.name)
      : isSource(entry.name) && !isRoom(roomOf(entry.name)),
  );
  const sources = await sourcesIn(folder);
  return [
    ...stray.map(({ name }) => ({ field: name, problem: t.noRoom(Object.keys(rooms).join(', ')) })),
    ...sources.flatMap(importProblems),
    ...circlesIn(sources).map((field) => ({ field, problem: t.circle })),
    ...sources.filter(({ name }) => name === 'kata.ts').flatMap(dataProblems),
  ];
}

interface Source {
  /** Relative to the kata's folder: `rules/acks.ts`. */
  readonly name: string;
  readonly room: Room;
  readonly text: string;
  /** Files of the kata that it imports, by their names. */
  readonly imports: readonly string[];
}

async function sourcesIn(folder: string): Promise<Source[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const inRooms = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && isRoom(entry.name))
      .map(async ({ name }) => (await readdir(path.join(folder, name))).map((f) => `${name}/${f}`)),
  );
  const names = [
    ...entries.filter((one) => one.isFile()).map(({ name }) => name),
    ...inRooms.flat(),
  ];
  const judged = names.filter(
    (name) => isSource(name) && isRoom(roomOf(name)) && !isForTests(name),
  );
  return Promise.all(
    judged.map(async (name) => {
      const text = await readFile(path.join(folder, name), 'utf8');
      const imports = importsIn(text).map((to) =>
        path.posix.join(path.posix.dirname(name), `${to}.ts`),
      );
      return { name, room: roomOf(name) as Room, text, imports };
    }),
  );
}

/** Of its own folder, without their endings: in either kind of quotes, also for effect or at need. */
function importsIn(text: string): string[] {
  const imports = /\b(?:from|import)\s*\(?\s*(['"])(\.[^'"]+?)(?:\.[jt]s)?\1/g;
  return [...text.matchAll(imports)].map(([, , to = '']) => to);
}

function importProblems({ name, room, imports }: Source): FieldProblem[] {
  const t = texts(proofTexts);
  const allowed: readonly string[] = rooms[room];
  return imports
    .filter((to) => !to.startsWith('../') && roomOf(to) !== room && !allowed.includes(roomOf(to)))
    .map((to) => ({ field: name, problem: t.notForThisRoom(to, allowed.join(', ')) }));
}

/** The first file of each circle within one room; between rooms there can be none. */
function circlesIn(sources: readonly Source[]): string[] {
  const byName = new Map(sources.map((source) => [source.name, source]));
  const reaches = (from: string, wanted: string, seen: Set<string>): boolean =>
    (byName.get(from)?.imports ?? []).some((to) => {
      if (to === wanted) return true;
      if (seen.has(to)) return false;
      return reaches(to, wanted, seen.add(to));
    });
  return sources.map(({ name }) => name).filter((name) => reaches(name, name, new Set()));
}

/** kata.ts says what the kata is; what happens is the experiment's. */
function dataProblems({ name, text }: Source): FieldProblem[] {
  const t = texts(proofTexts);
  const code = text
    .replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, "''");
  const action = /\b(?:async|await|function|class|for|while)\b/.exec(code)?.[0];
  const length = text.trimEnd().split('\n').length;
  return [
    ...(action === undefined ? [] : [{ field: name, problem: t.notData(action) }]),
    ...(length > longestData ? [{ field: name, problem: t.tooLong(length, longestData) }] : []),
  ];
}

/** `rules/acks.ts`, `rules.test.ts` → `rules` */
function roomOf(name: string): string {
  return /^[^./]+/.exec(name)?.[0] ?? name;
}

function isRoom(name: string): name is Room {
  return Object.hasOwn(rooms, name);
}

function isSource(name: string): boolean {
  return /\.[cm]?[jt]s$/.test(name);
}

/** Tests, and histories by hand that they share. */
function isForTests(name: string): boolean {
  return /\.(?:test|histories)\.ts$/.test(name);
}
