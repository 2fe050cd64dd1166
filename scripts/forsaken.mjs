import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Tests lay their state folders down as `plan-…/[state/]plan/running`, below the temporary folder. */
const deepest = 3;

/**
 * Ends what tests that were interrupted have left running: their servers, by the registers of the
 * `plan` that started them, which end nothing of anybody who lives.
 */
export function endForsaken(root) {
  const temporary = os.tmpdir();
  const states = namesIn(temporary)
    .filter((name) => /^(plan|test|other|kata)-/.test(name))
    .flatMap((name) => statesBelow(path.join(temporary, name), deepest));
  for (const state of states)
    spawnSync(process.execPath, [path.join(root, 'bin/plan.js'), 'list'], {
      cwd: state,
      env: { ...process.env, XDG_STATE_HOME: state },
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 60_000,
    });
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
