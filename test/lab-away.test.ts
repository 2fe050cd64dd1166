import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeDesk, type Desk } from './support/cli.js';
import { until } from './support/processes.js';

let desk: Desk;

beforeEach(async () => {
  desk = await makeDesk();
  await desk.plan('init');
});

afterEach(() => desk.remove());

it('says that the lab itself was away, and nothing of the program', async () => {
  // Starts slowly, so that the lab is stopped while it waits for health, which then takes too long
  // by the clock on the wall.
  const mine = path.join(desk.folder, 'mine');
  await mkdir(mine);
  await writeFile(
    path.join(mine, 'index.mjs'),
    `import { createServer } from 'node:http';
     import { writeFileSync } from 'node:fs';
     writeFileSync('begun', '');
     setTimeout(() => {
       const server = createServer((_, answer) => answer.end());
       server.listen(Number(process.env.PORT), '127.0.0.1');
       process.on('SIGTERM', () => process.exit(0));
     }, 6_000);`,
  );
  const run = desk.start('run', 'kata-4', '--impl', 'mine', '--json');
  await until('the program has begun', () => existsSync(path.join(mine, 'begun')), 60_000);
  const stopped = performance.now();
  run.kill('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, 12_000));
  const away = (performance.now() - stopped) / 1000;
  run.kill('SIGCONT');
  const { exitCode, stdout } = await run.finished;
  const { cases } = JSON.parse(stdout) as {
    cases: { verdict: string; coverage: { condition: string; story: { en: string } }[] }[];
  };
  expect(exitCode).toBe(3);
  expect(cases[0]?.verdict).toBe('inconclusive');
  expect(cases[0]?.coverage[0]?.condition).toBe('lab-was-there');
  const told = /away for (\d+\.\d) s/.exec(cases[0]?.coverage[0]?.story.en ?? '')?.[1];
  // From its last sign of life before, and on a busy machine until it gets its next turn.
  expect(Number(told)).toBeGreaterThan(away - 1);
  expect(Number(told)).toBeLessThan(away + 10);
}, 120_000);
