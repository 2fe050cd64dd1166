import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Tests lay their state folders down as `plan-…/[state/]plan/running`, below the temporary folder. */
const deepest = 3;

/**
 * Ends what tests that were interrupted have left running: their servers, by the registers of the
 * `plan` that started them, which end nothing of anybody who lives.
 * @param listOfDesks the file in which test/support/cli.ts notes each desk of this run
 */
export function endForsaken(root, listOfDesks) {
  const temporary = os.tmpdir();
  const states = namesIn(temporary)
    .filter((name) => /^(plan|test|other|kata)-/.test(name))
    .flatMap((name) => statesBelow(path.join(temporary, name), deepest));
  for (const state of desksIn(listOfDesks)) plan(root, state, 'services', 'down');
  for (const state of states) plan(root, state, 'list');
}

function plan(root, state, ...words) {
  spawnSync(process.execPath, [path.join(root, 'bin/plan.js'), ...words], {
    cwd: state,
    env: { ...process.env, XDG_STATE_HOME: state },
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 60_000,
  });
}

/**
 * State folders of desks of this run that are there still. Services that they keep belong to nobody
 * whose life could be asked after: those of a desk of another run must stay.
 */
function desksIn(listOfDesks) {
  const lines = existsSync(listOfDesks) ? readFileSync(listOfDesks, 'utf8').split('\n') : [];
  return lines.filter((state) => state !== '' && existsSync(path.join(state, 'plan', 'kept')));
}

function statesBelow(folder, depth) {
  const here = namesIn(path.join(folder, 'plan', 'running')).some((name) => name.endsWith('.json'));
  const below =
    depth === 0
      ? []
      : namesIn(folder).flatMap((name) => statesBelow(path.join(folder, name), depth - 1));
  return here ? [folder, ...below] : below;
}

function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
