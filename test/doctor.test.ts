import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Check } from '../src/lab/doctor/index.js';
import { makeDesk, type Desk } from './support/cli.js';

let desk: Desk;

beforeEach(async () => {
  desk = await makeDesk();
});

afterEach(() => desk.remove());

async function examined(env: Record<string, string> = {}) {
  Object.assign(desk.env, env);
  const { exitCode, data } = await desk.json('doctor');
  const { ok, checks } = data as { ok: boolean; checks: Check[] };
  const byId = new Map(checks.map((check) => [check.id, check]));
  return { exitCode, ok, checks, of: (id: string) => byId.get(id) };
}

it('says what is here, and what mends what is missing', async () => {
  const { exitCode, ok, checks, of } = await examined();
  expect(exitCode).toBe(0);
  expect(ok).toBe(true);
  expect(of('node')).toMatchObject({ state: 'ok' });
  expect(of('node')?.detail).toContain(process.versions.node);
  expect(of('postgres')).toMatchObject({ state: 'ok' });
  expect(of('postgres-embedded')).toMatchObject({ state: 'ok', detail: '18.4' });
  expect(of('postgres-url')).toMatchObject({ state: 'optional' });
  expect(of('progress')).toMatchObject({ state: 'optional', mend: 'plan init' });
  expect(of('state')?.detail).toContain(desk.folder);
  const ids = ['postgres-local', 'docker', 'go', 'rust', 'java', 'python', 'cache', 'open-files'];
  for (const id of [...ids, 'postgres-kept', 'postgres-clusters', 'running'])
    expect(of(id), id).toBeDefined();
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
});

it('tells of a URL that does not work, without its password', async () => {
  const { exitCode, checks, of } = await examined({
    DATABASE_URL: 'postgres://anna:secret@127.0.0.1:1/shop',
  });
  expect(exitCode).toBe(0);
  expect(of('postgres-url')).toMatchObject({ state: 'note' });
  expect(of('postgres-url')?.detail).toContain('anna:***@');
  expect(JSON.stringify(checks)).not.toContain('secret');
});

it('ends with 4 where progress.json cannot be read', async () => {
  writeFileSync(path.join(desk.folder, 'progress.json'), '{"schema": 1,');
  const { exitCode, ok, of } = await examined();
  expect(exitCode).toBe(4);
  expect(ok).toBe(false);
  expect(of('progress')).toMatchObject({ state: 'missing' });
  expect(of('progress')?.mend).toBeTruthy();
});

it('lists entries of the register that nobody can read', async () => {
  const folder = path.join(desk.folder, '.state', 'plan', 'running');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'rubbish');
  writeFileSync(file, '?');
  const { exitCode, of } = await examined();
  expect(exitCode).toBe(0);
  expect(of('running')).toMatchObject({ state: 'note', mend: `rm ${file}` });
});

it('speaks Spanish, one line a thing', async () => {
  const { stdout, exitCode } = await desk.plan('doctor', '--locale', 'es');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/✔ PostgreSQL +una ejecución usaría/);
  expect(stdout).toContain('Está todo lo que plan necesita.');
});
