import { existsSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashSources } from '../src/base/hash.js';
import { makeDesk, type Desk } from './support/cli.js';
import { caseOf, naiveCase, recordOf, store } from './support/stored-run.js';

let desk: Desk;
const file = () => path.join(desk.folder, 'journal', 'kata-4.md');
const page = () => readFileSync(file(), 'utf8');

beforeEach(async () => {
  desk = await makeDesk();
});
afterEach(() => desk.remove());

describe('plan doc without anything to write down', () => {
  it('asks for plan init where there is no progress.json', async () => {
    const { exitCode, stderr } = await desk.plan('doc', 'kata-4');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('plan init');
  });

  it('asks for a run where there is none, and makes no page', async () => {
    await desk.plan('init');
    const { exitCode, data, stderr } = await desk.json('doc', 'kata-4');
    expect(exitCode).toBe(4);
    expect(data).toMatchObject({ error: { code: 'no-runs' } });
    expect(stderr).toContain('plan run kata-4');
    expect(existsSync(file())).toBe(false);
  });

  it('suggests the nearest kata', async () => {
    await desk.plan('init');
    const { exitCode, stderr } = await desk.plan('doc', 'kata4');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('kata-4');
  });
});

describe('plan doc after a run', () => {
  beforeEach(async () => {
    await desk.plan('init', '--locale', 'es');
    await store(desk.folder, recordOf());
  });

  it('writes the template of the plan, filled with what was measured', async () => {
    const { exitCode, data } = await desk.json('doc', 'kata-4');
    expect(exitCode).toBe(0);
    expect(data).toMatchObject({ path: file(), created: true, kept: [] });
    for (const heading of [
      '## Kata 4: Over-selling',
      '### Problema',
      '### Implementación',
      '- Tiempo:',
      '### Código clave',
      '### Resultados',
      '### Aprendizajes',
      '### Aplicación real',
    ])
      expect(page()).toContain(heading);
    expect(page()).toMatch(/\| naive +\| read committed +\| +47 \| +37 \| +0 \| 100 \|/);
    expect(page()).toContain('> b-14 and b-31 both read stock = 1 (es)');
    expect(page()).toContain('```json\n{"op":13}\n{"op":30}\n```');
    expect(page()).toContain('PostgreSQL 18.4 (embedded)');
    expect(page()).toContain('`results/kata-4/2026-11-24T10-15-02Z`');
    expect(page()).toContain('katas/kata-4-over-selling/node/optimistic.ts');
    expect(page()).toContain('export const optimistic');
    // The hash in the made-up record is nobody's.
    expect(page()).toContain('Las fuentes han cambiado');
  });

  it('says the same twice, and changes language without repeating itself', async () => {
    await desk.plan('doc', 'kata-4');
    const spanish = page();
    expect((await desk.plan('doc', 'kata-4')).stdout).toContain('no se cambió nada');
    expect(page()).toBe(spanish);
    await desk.plan('doc', 'kata-4', '--locale', 'en');
    expect(page()).toContain('violated, as expected');
    expect(page()).not.toContain('como se esperaba');
    expect(page().split('<!-- plan:').length).toBe(spanish.split('<!-- plan:').length);
    await desk.plan('doc', 'kata-4');
    expect(page()).toBe(spanish);
  });

  it('renews the figures with a newer run and keeps what the learner wrote', async () => {
    await desk.plan('doc', 'kata-4');
    const mine = page()
      .replace(/_¿Qué funcionó[^_]*_/, 'Funcionó FOR UPDATE; lo vi en pg_locks.  ')
      .replace('### Resultados\n', '### Resultados\n\nNota mía\r\n');
    await writeFile(file(), `${mine}sin salto final`);
    await store(
      desk.folder,
      recordOf({ startedAt: '2026-12-01T08:00:00.000Z', cases: [naiveCase(), caseOf()] }),
    );
    await store(
      desk.folder,
      recordOf({ startedAt: '2026-12-02T08:00:00.000Z', outcome: 'interrupted', cases: [] }),
    );
    // Only the lesson counts as such; two cases of it are a single run.
    expect((await desk.plan('doc', 'kata-4')).stdout).toContain('no se cambió nada');
    await store(desk.folder, recordOf({ startedAt: '2026-12-03T08:00:00.000Z', seed: 99 }));
    const { data } = await desk.json('doc', 'kata-4');
    expect(data).toMatchObject({ created: false, kept: [] });
    expect((data as { renewed: string[] }).renewed).toContain('results');
    expect(page()).toContain('semilla 99');
    expect(page()).not.toContain('semilla 7');
    expect(page()).toContain('1. Funcionó FOR UPDATE; lo vi en pg_locks.  \n');
    expect(page()).toContain('### Resultados\n\nNota mía\r\n');
    expect(page().endsWith('sin salto final')).toBe(true);
  });

  it('tells of an edit inside a part of its own, and keeps it', async () => {
    await desk.plan('doc', 'kata-4');
    await writeFile(file(), page().replace('- Condiciones:', '- ¡Ojo, con turbo! Condiciones:'));
    await store(desk.folder, recordOf({ startedAt: '2026-12-03T08:00:00.000Z', seed: 99 }));
    const { stderr } = await desk.plan('doc', 'kata-4');
    expect(stderr).toContain('Habías editado «resultados»');
    expect(page()).toContain('¡Ojo, con turbo!');
    expect(page()).toContain('semilla 99');
  });

  it("shows the learner's own code where it held", async () => {
    const folder = path.join(desk.folder, 'mine');
    await mkdir(folder);
    await writeFile(path.join(folder, 'implementation.json'), '{"language":"node"}');
    await writeFile(path.join(folder, 'main.js'), 'console.log("I sell ``` right");\n');
    const implementation = {
      ...caseOf().implementation,
      kind: 'own' as const,
      path: 'mine',
      hash: await hashSources(folder),
    };
    await store(
      desk.folder,
      recordOf({
        startedAt: '2026-12-03T08:00:00.000Z',
        command: ['run', 'kata-4', '--impl', './mine'],
        cases: [caseOf({ strategy: 'own', implementation })],
      }),
    );
    await desk.plan('doc', 'kata-4');
    expect(page()).toContain('````js\nconsole.log("I sell ``` right");\n````');
    expect(page()).toContain('`mine/main.js`');
    expect(page()).toContain('`plan run kata-4 --impl ./mine`');
    expect(page()).not.toContain('han cambiado');
    // The lesson's failure is still what it is about.
    expect(page()).toContain('b-14 and b-31');
    await appendFile(path.join(folder, 'main.js'), '// mended\n');
    expect((await desk.json('doc', 'kata-4')).data).toMatchObject({ renewed: ['code'], kept: [] });
    expect(page()).toContain('Las fuentes han cambiado');
    await rm(folder, { recursive: true });
    await desk.plan('doc', 'kata-4');
    expect(page()).toContain('No se encontró el fichero');
  });

  it('passes over a run that cannot be read, and says so', async () => {
    const broken = recordOf({ startedAt: '2026-12-03T08:00:00.000Z' });
    const folder = await store(desk.folder, broken);
    await writeFile(path.join(folder, 'run.json'), '{"schema":1,');
    const { exitCode, stderr } = await desk.plan('doc', 'kata-4');
    expect(exitCode).toBe(0);
    expect(stderr).toContain(broken.folder);
    expect(page()).toContain('2026-11-24 10:15 UTC');
  });
});
