import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../src/lab/proof/sample.js';
import { readTwins } from '../src/lab/proof/twins-file.js';
import { makeDesk, repository, type Desk } from './support/cli.js';
import { everything } from './support/everything.js';
import { needs, type Requirement } from './support/requires.js';

/**
 * What `plan dev check` says of the twins of the lab's own katas. It alone decides what is caught;
 * here every twin is a test of its own, with a name.
 */
interface Proof {
  readonly name: string;
  readonly verdict: string;
  readonly asWanted: boolean;
}

/** The first Go twin compiles the driver, which on two busy cores takes its time. */
const patience = 900_000;

let desk: Desk;

beforeAll(async () => {
  desk = await makeDesk();
  await desk.plan('init');
  const services = needs('rabbitmq', 'twins with a broker') ? [] : ['postgres'];
  expect((await desk.plan('services', 'up', ...services)).exitCode).toBe(0);
});

afterAll(async () => {
  await desk.plan('services', 'down');
  await desk.remove();
});

const toolchains: Readonly<Record<string, Requirement>> = {
  go: 'go',
  rust: 'rust',
  java: 'java',
  python: 'python',
  command: 'python',
};

/** Whether this machine can build all of it; where not, it is listed as left out. */
function canBeBuilt(place: string): boolean {
  return [place, ...roleFoldersOf(place)].every((folder) => {
    const language = languageOf(folder);
    const requirements = [toolchains[language], packagesOf(folder)];
    return requirements.every((one) => one === undefined || needs(one, `twins in ${language}`));
  });
}

/** What fetches the packages that a folder asks for. */
function packagesOf(folder: string): Requirement | undefined {
  if (existsSync(path.join(folder, 'requirements.txt'))) return 'venv';
  return existsSync(path.join(folder, 'pom.xml')) ? 'maven' : undefined;
}

/** By what a folder says of itself, or by the file that it starts with. */
function languageOf(folder: string): string {
  const manifest = path.join(folder, 'implementation.json');
  if (existsSync(manifest))
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { language: string }).language;
  const mains = { 'main.go': 'go', 'main.rs': 'rust', 'Main.java': 'java', 'main.py': 'python' };
  const main = Object.entries(mains).find(([file]) => existsSync(path.join(folder, file)));
  return main?.[1] ?? 'node';
}

/** Of a kata of several programs, each has a folder of its own. */
function roleFoldersOf(place: string): string[] {
  // A twin of one file is called as that without its ending.
  if (!existsSync(place) || !statSync(place).isDirectory()) return [];
  return readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(place, name));
}

/**
 * Of a change, the katas that it touches, see scripts/changed.mjs; of a second run, those of what
 * failed in the first. Else all.
 */
const only = process.env['PLAN_TEST_TWINS']?.split(',');
/**
 * Else the few twins that break each rule, and have each act and each language, and some of the right
 * ones: those beside them are in the soak, and in the tests of a change to their kata.
 */
const sample = everything ? [] : ['--sample'];

/**
 * Katas that the lab plays itself have no programs: theirs are in the test of their rules. Those whose
 * twins run fewest at once judge times: they come last, when other tests beside this one are done.
 */
const katas = readdirSync(path.join(repository, 'katas'))
  .filter((kata) => existsSync(twinsFileOf(kata)) && (only === undefined || only.includes(kata)))
  .sort((one, other) => atOnceIn(other) - atOnceIn(one));

function twinsFileOf(kata: string): string {
  return path.join(repository, 'katas', kata, 'twins', 'twins.json');
}

function atOnceIn(kata: string): number {
  const { atOnce = Infinity } = JSON.parse(readFileSync(twinsFileOf(kata), 'utf8')) as {
    atOnce?: number;
  };
  return Math.min(atOnce, 6);
}

/** Names of those that are run here. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const read = await readTwins({ folder: path.dirname(folder) });
  if (read === undefined) return [];
  return (sample.length > 0 ? await sampleOf(read) : read.twins).map(({ name }) => name);
}

const chosen = new Map(
  await Promise.all(
    katas.map(
      async (kata) => [kata, await namesIn(path.join(repository, 'katas', kata, 'twins'))] as const,
    ),
  ),
);

describe.each(katas)('twins of %s', (kata) => {
  const folder = path.join(repository, 'katas', kata, 'twins');
  const {
    broken,
    right: listed,
    needs: needed,
  } = JSON.parse(readFileSync(path.join(folder, 'twins.json'), 'utf8')) as {
    broken: object;
    right: (string | { name: string })[];
    /** What their kata needs of the machine besides what builds them. */
    needs?: Requirement;
  };
  const right = listed.map((one) => (typeof one === 'string' ? one : one.name));
  const canRun = needed === undefined || needs(needed, `twins of ${kata}`);
  const isHere = (name: string): boolean =>
    canRun &&
    chosen.get(kata)?.includes(name) === true &&
    canBeBuilt(path.join(folder, name)) &&
    (!name.includes('redis') || needs('redis', `twins of ${kata} on Redis`));
  const proofs = new Map<string, Proof>();

  beforeAll(async () => {
    if (!canRun) return;
    const { data, exitCode, stderr } = await desk.json(
      ...['dev', 'check', kata, '--only', 'twins', ...sample],
    );
    expect([0, 1], stderr).toContain(exitCode);
    const { katas, proved } = data as { katas: { twins: Proof[] }[]; proved: boolean };
    expect(proved).toBe(exitCode === 0);
    for (const proof of katas.flatMap(({ twins }) => twins)) proofs.set(proof.name, proof);
  }, patience);

  const proved = (name: string, verdict: string): void => {
    const proof = proofs.get(name);
    expect(proof, JSON.stringify(proof, undefined, 2)).toMatchObject({ verdict, asWanted: true });
  };

  it.each(Object.keys(broken).filter(isHere))('catches %s', (name) => proved(name, 'violated'));

  it.each(right.filter(isHere))('passes %s', (name) => proved(name, 'holds'));

  it('are enough', () => {
    expect(Object.keys(broken).length).toBeGreaterThanOrEqual(6);
    expect(right.length).toBeGreaterThanOrEqual(1);
  });
});
