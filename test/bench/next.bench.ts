/** The command typed every day must feel like nothing: at most 1.5 times an empty Node program. */
import { execa } from 'execa';
import { makeDesk, planBinary } from '../support/cli.js';
import { holdTo, interleave, tell, tellRatio, timed } from './kit/measure.js';

const desk = await makeDesk();
try {
  await desk.plan('init');
  const options = { cwd: desk.folder, env: desk.env, extendEnv: false } as const;
  const run = (...words: string[]): Promise<number> =>
    timed(() => execa(process.execPath, words, options));
  const samples = await interleave(60, {
    'plan next': () => run(planBinary, 'next'),
    'node -e 0': () => run('-e', '0'),
  });
  tell('plan next against an empty program', samples);
  const ratio = tellRatio('plan next / node -e 0', samples['plan next'], samples['node -e 0']);
  holdTo('median ratio', ratio, 1.5, '×');
} finally {
  await desk.remove();
}
