import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packagesStayOutside } from './packages.mjs';
import { buildQuick } from './quick.mjs';

const root = path.resolve(import.meta.dirname, '..');
let folder;
let built;

beforeAll(async () => {
  folder = mkdtempSync(path.join(root, 'node_modules', '.quick-'));
  const common = {
    ...{ absWorkingDir: root, bundle: true, platform: 'node', target: 'node20' },
    define: { PLAN_VERSION: '"0"' },
  };
  const outfile = path.join(folder, 'quick.cjs');
  const { outputs } = await buildQuick({ common, plugins: [packagesStayOutside], outfile });
  built = Object.values(outputs)[0];
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where all lies that `plan next` does, says and reads; and what of it is for other commands. */
const may =
  /^(src\/(quick|commands\/next|base\/|i18n\/|kata\/|plan\/|register\/|report\/(terminal|view)\/)|node_modules\/chalk\/|unused:)/;
const mayNot =
  /progress\/(write|record|ticks)|i18n\/(services|postgres|rabbitmq|redis|run|doctor|compare|cli)\b/;

it('has in the file of plan next nothing that another command alone needs', () => {
  const modules = Object.entries(built.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const names = modules.map(([name]) => name);
  expect(names).toContain('src/commands/next.ts');
  expect(names.filter((name) => !may.test(name) || mayNot.test(name))).toEqual([]);
  expect(names.length).toBeLessThan(60);
  expect(built.bytes).toBeLessThan(50_000);
});

it('asks in it for what comes with Node, and for nothing later', () => {
  const asked = built.imports.map(({ path: name, kind }) => `${kind} ${name}`);
  expect([...new Set(asked)].sort()).toEqual(
    ['fs', 'os', 'path', 'url', 'util'].map((name) => `require-call node:${name}`),
  );
});

it('has it compiled ahead by the build, so that Node has no need to', () => {
  const filename = path.join(root, 'dist', 'quick.cjs');
  const cachedData = readFileSync(path.join(root, 'dist', 'quick.cache'));
  const script = new vm.Script(readFileSync(filename, 'utf8'), { filename, cachedData });
  expect(script.cachedDataRejected).toBe(false);
});
