/**
 * `npm test`: builds, installs what tests need (in CI), runs them, what failed once more, lists what
 * was left out and why, says where the time went, and ends with the plain line
 * `N passed, N failed, N skipped`. `--changed` runs what a change can touch instead, `--all-twins`
 * every twin instead of the few that break each rule. Other arguments go to vitest:
 * `npm test -- katas`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { laneOfFailures, withSecond } from './again.mjs';
import { changed } from './changed.mjs';
import { endForsaken } from './forsaken.mjs';
import { prepareTests } from './prepare-tests.mjs';
import { count, failures, resultsIn } from './report.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const words = process.argv.slice(2);
const onlyChanged = words.includes('--changed');
const everyTwin = words.includes('--all-twins');
const forVitest = words.filter((word) => word !== '--changed' && word !== '--all-twins');
/**
 * Side by side: in all of them, programs mostly wait. Within a lane the files that start services run
 * one after the other.
 */
const lanes = onlyChanged ? lanesOfChange() : lanesOfAll();
/** When those are done, and nothing else is at work: twins whose times are judged closely. */
const lastLanes = onlyChanged ? [] : [laneOfTwins(isQuiet)];
const ofTheBinary = ['end-to-end', 'twins', 'long', 'beside-twins'];
/** More would be a list that nobody reads. */
const slowestTold = 6;
const folder = mkdtempSync(path.join(os.tmpdir(), 'plan-test-'));
const desks = path.join(folder, 'desks');

// Ctrl-C in a terminal reaches vitest by itself; a signal to this process alone does not.
let interrupted = false;
const children = new Set();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(name, () => {
    interrupted = true;
    // To vitest as what it knows; a second one of the same is no harm.
    for (const child of children) child.kill('SIGTERM');
  });

try {
  process.exitCode = await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main() {
  const built = spawnSync(process.execPath, [path.join(root, 'scripts/build.mjs')], {
    stdio: 'inherit',
  });
  if (built.status !== 0) return close({ passed: 0, failed: 1, skipped: 0 }, true);
  const missing = prepareTests();
  const exits = await Promise.all(lanes.map(runVitest));
  for (const [n, lane] of lastLanes.entries())
    if (!interrupted) exits.push(await runVitest(lane, lanes.length + n));
  if (interrupted) return tellInterrupted();
  const first = [...lanes, ...lastLanes].map((_, lane) => resultsIn(reportOf(lane)));
  const results = await withFailedAgain(first.map((one) => one ?? []));
  if (interrupted) return tellInterrupted();
  tellOmissions(missing);
  tellSlowest(first.flatMap((one) => one ?? []));
  // vitest also fails for errors outside of any test, or before it could report any.
  const broken = exits.some((exit, lane) => exit !== 0 && failures(first[lane] ?? []).length === 0);
  return close(count(results.flat()), broken);
}

/** What failed once more, alone; what passes only then is told. */
async function withFailedAgain(first) {
  const failed = failures(first.flat());
  const lane = laneOfFailures(root, failed);
  if (lane === undefined) return first;
  console.log(`\nRun again, alone, of what failed: ${lane.words.slice(2).join(', ')}`);
  const again = lanes.length + lastLanes.length;
  await runVitest(lane, again);
  const second = resultsIn(reportOf(again)) ?? [];
  const results = first.map((one) => withSecond(one, second));
  const still = new Set(failures(results.flat()).map(({ file, name }) => `${file} ${name}`));
  const saved = failed.filter(({ file, name }) => !still.has(`${file} ${name}`));
  if (saved.length > 0) console.log('\nPassed only when run again, alone:');
  for (const { file, name = 'as a whole' } of saved)
    console.log(`  - ${path.relative(root, file)}: ${name}`);
  return results;
}

function lanesOfAll() {
  const lane = (...projects) => ({
    words: ['run', ...projects.map((project) => `--project=${project}`), ...forVitest],
    env: everyTwin ? { PLAN_TEST_EVERY_TWIN: '1' } : {},
  });
  return [
    laneOfTwins((kata) => !isQuiet(kata), 'beside-twins'),
    lane('unit*', 'end-to-end'),
    lane('long'),
  ];
}

/** Of some katas alone, and what runs beside them. */
function laneOfTwins(isOf, ...beside) {
  const katas = path.join(root, 'katas');
  const some = readdirSync(katas).filter((kata) => existsSync(twinsOf(kata)) && isOf(kata));
  return {
    words: ['run', ...['twins', ...beside].map((name) => `--project=${name}`), ...forVitest],
    env: {
      PLAN_TEST_TWINS: some.join(','),
      ...(everyTwin ? { PLAN_TEST_EVERY_TWIN: '1' } : {}),
    },
  };
}

function isQuiet(kata) {
  return JSON.parse(readFileSync(twinsOf(kata), 'utf8')).quiet === true;
}

function twinsOf(kata) {
  return path.join(root, 'katas', kata, 'twins', 'twins.json');
}

/** The first lane takes unit tests by their imports, the second those of the real binary. */
function lanesOfChange() {
  const { related, files, katas } = changed(root, forVitest[0]);
  const named = [...files, ...katas.map((kata) => `twins of ${kata}`)];
  console.log(named.length > 0 ? `Beside unit tests: ${named.join(', ')}` : 'Unit tests alone.');
  return [
    ...(related.length > 0 ? [{ words: ['related', '--run', '--project=unit*', ...related] }] : []),
    ...(files.length > 0
      ? [
          {
            words: ['run', ...ofTheBinary.map((project) => `--project=${project}`), ...files],
            env: { PLAN_TEST_TWINS: katas.join(','), PLAN_TEST_EVERY_TWIN: '1' },
          },
        ]
      : []),
  ];
}

function reportOf(lane) {
  return path.join(folder, `report-${lane}.json`);
}

function runVitest({ words, env }, lane) {
  const vitest = [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    ...words,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportOf(lane)}`,
    // A word may name files of one lane alone.
    '--passWithNoTests',
  ];
  const child = spawn(process.execPath, vitest, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PLAN_TEST_OMISSIONS: path.join(folder, 'omissions.jsonl'),
      PLAN_TEST_DESKS: desks,
      ...env,
    },
  });
  children.add(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      children.delete(child);
      resolve(code ?? 1);
    });
  });
}

/** Tests that were cut off have not failed; what they had started must not stay. */
function tellInterrupted() {
  endForsaken(root, desks);
  console.log('\nInterrupted. Everything that the tests had started has been stopped.');
  return 130;
}

/** Where the time went: the slowest files, in seconds. */
function tellSlowest(results) {
  const slowest = results
    .map(({ name, startTime, endTime }) => ({ name, seconds: (endTime - startTime) / 1000 }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, slowestTold)
    .filter(({ seconds }) => seconds >= 1);
  if (slowest.length === 0) return;
  const told = slowest.map(
    ({ name, seconds }) => `${path.relative(root, name)} ${Math.round(seconds)} s`,
  );
  console.log(`\nThe time went to ${told.join(', ')}`);
}

function tellOmissions(missing) {
  const file = path.join(folder, 'omissions.jsonl');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  if (lines.length === 0) return;
  console.log('\nLeft out on this machine:');
  for (const line of new Set(lines)) {
    const { what, needs } = JSON.parse(line);
    console.log(`  - ${what}: needs ${needs}`);
  }
  if (missing.length > 0)
    console.log(`  Packages that are missing, by their names in Debian: ${missing.join(' ')}`);
}

/** The line must not hide what broke outside of any test. */
function close({ passed, failed, skipped }, broken) {
  const nothingRan = passed === 0 && failed === 0;
  if (nothingRan) console.log('\nNo test ran.');
  const told = broken && failed === 0 ? 1 : failed;
  console.log(`\n${passed} passed, ${told} failed, ${skipped} skipped`);
  return told > 0 || nothingRan ? 1 : 0;
}
