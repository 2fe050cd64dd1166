import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDesk, repository, runJson, type Desk } from './support/cli.js';
import { needs, type Requirement } from './support/requires.js';

interface Twin {
  /** The invariant that must catch it. */
  readonly caughtBy?: string;
  /** Invariants that may break along with it. */
  readonly with?: readonly string[];
  readonly options?: readonly string[];
}

interface Twins {
  /** What its katas need of the machine besides what builds them. */
  readonly needs?: Requirement;
  /** Of every twin of the kata. */
  readonly options?: readonly string[];
  readonly broken: Readonly<Record<string, Twin>>;
  readonly right: readonly string[];
}

/** The first Go twin compiles the driver, which on two busy cores takes its time. */
const patience = { timeout: 400_000 };

/** One server for all of them: what is tested is the verdict. */
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

const twinsFolder = path.join(repository, 'test', 'twins');
const toolchains: Readonly<Record<string, Requirement>> = {
  go: 'go',
  rust: 'rust',
  java: 'java',
  python: 'python',
  command: 'python',
};

/** Whether this machine can build it; where not, it is listed as left out. */
function canBeBuilt(folder: string): boolean {
  const file = path.join(folder, 'implementation.json');
  const { language } = JSON.parse(readFileSync(file, 'utf8')) as { language: string };
  const requirement = toolchains[language];
  return requirement === undefined || needs(requirement, `twins in ${language}`);
}
const katas = readdirSync(twinsFolder);

describe.each(katas)('twins of %s', patience, (kata) => {
  const folder = path.join(twinsFolder, kata);
  const {
    broken,
    right,
    options: common = [],
    needs: needed,
  } = JSON.parse(readFileSync(path.join(folder, 'twins.json'), 'utf8')) as Twins;

  const judge = async (name: string, { options = [] }: Twin) => {
    const { exitCode, record } = await runJson(
      desk,
      ...[kata, '--impl', path.join(folder, name), ...common, ...options],
    );
    const [only] = record.cases;
    const invariants = only?.findings.filter((one) => !one.holds).map((one) => one.invariant);
    return { exitCode, verdict: only?.verdict, invariants, findings: only?.findings };
  };

  const isHere = (name: string): boolean =>
    (needed === undefined || needs(needed, `twins of ${kata}`)) &&
    canBeBuilt(path.join(folder, name));

  it.concurrent.each(Object.entries(broken).filter(([name]) => isHere(name)))(
    'catches %s',
    async (name, twin) => {
      const { exitCode, verdict, invariants, findings } = await judge(name, twin);
      expect(verdict, JSON.stringify(findings)).toBe('violated');
      expect(exitCode).toBe(1);
      expect(invariants).toContain(twin.caughtBy);
      // For its own reason, and no other that the fault does not bring along.
      const allowed = [twin.caughtBy, ...(twin.with ?? [])];
      expect(allowed).toEqual(expect.arrayContaining(invariants ?? []));
    },
  );

  it.concurrent.each(right.filter(isHere))('passes %s', async (name) => {
    const { exitCode, verdict, findings } = await judge(name, {});
    const failed = findings?.filter((one) => !one.holds);
    expect(failed).toEqual([]);
    expect(verdict).toBe('holds');
    expect(exitCode).toBe(0);
  });

  it('knows every folder', () => {
    const names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'twin-go')
      .map((entry) => entry.name);
    expect(names.sort()).toEqual([...Object.keys(broken), ...right].sort());
    expect(Object.keys(broken).length).toBeGreaterThanOrEqual(6);
  });
});
