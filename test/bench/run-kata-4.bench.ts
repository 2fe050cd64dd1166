/**
 * How long a learner waits for `plan run kata-4 --isolation serializable`: without a service
 * (the cluster is in the cache), and with the one that `plan services up` keeps.
 */
import { makeDesk, type Desk } from '../support/cli.js';
import { holdTo, interleave, median, tell, timed } from './kit/measure.js';

const words = ['run', 'kata-4', '--isolation', 'serializable'];
const embedded = ['--services', 'embedded'];

// Two desks with a register each, so that both sides can be measured in turn.
const [cold, warm] = await Promise.all([makeDesk(), makeDesk()]);
try {
  for (const desk of [cold, warm]) await must(desk, 'init');
  await must(warm, 'services', 'up', ...embedded);
  const samples = await interleave(10, {
    'no service running': () => timed(() => must(cold, ...words, ...embedded)),
    'with plan services up': () => timed(() => must(warm, ...words)),
  });
  tell('plan run kata-4 --isolation serializable, wall time', samples);
  holdTo('cold, median', median(samples['no service running']), 4000, 'ms');
  holdTo('kept service, median', median(samples['with plan services up']), 2000, 'ms');
} finally {
  await warm.plan('services', 'down');
  await Promise.all([cold.remove(), warm.remove()]);
}

async function must(desk: Desk, ...words: string[]): Promise<void> {
  const { exitCode, stderr } = await desk.plan(...words);
  if (exitCode !== 0) throw new Error(`plan ${words.join(' ')}: exit ${exitCode}\n${stderr}`);
}
