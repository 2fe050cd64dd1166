/**
 * `npm run soak`: every kata many times over. What is run comes from its lesson, and what must come
 * of it from what it expects: right programs stay quiet, on a quiet machine and beside two processes
 * that compute without end, and every broken twin is caught.
 *
 *   npm run soak                          all katas
 *   npm run soak -- kata-8 --times 10     one of them, each case ten times
 *   npm run soak -- kata-7 --fresh        forgets what is known of it
 *   npm run soak -- load                  the load generator instead
 *   npm run soak -- jaeger                a real Jaeger, built by Go, beside a run of kata 13
 *
 * Each result is written down at once, in results/soak.jsonl: a soak that was stopped (Ctrl-C tells in a
 * table how far it came) goes on there.
 * What other sources came to does not count: of the kata, of the lab, and of all that it stands on, but
 * not of what is only shown. `--cases` runs what is right and what is not, and no twins. Of `--times 50` (the default) right programs
 * run 50 times on a quiet machine and 20 on a busy one, and what is broken 10 times.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { forget, parse, read, write } from './soak-results.mjs';
import { sourcesOf } from './soak-sources.mjs';
import { isWell, table } from './soak-table.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** So many runs at once go into one process: what is lost when the soak is stopped. */
const mostAtOnce = 5;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '50' },
    fresh: { type: 'boolean', default: false },
    cases: { type: 'boolean', default: false },
  },
});
const times = Number(values.times);
/** How often each is run, as a share of `--times`. */
const shares = { quiet: 1, beside: 0.4, wrong: 0.2, twins: 0.2 };

const build = spawnSync(process.execPath, [path.join(root, 'scripts/build.mjs')], {
  stdio: 'inherit',
});
if (build.status !== 0) process.exit(1);
const tests = ['load', 'jaeger'].filter((name) => positionals.includes(name));
process.exitCode = tests.length > 0 ? soakTests() : await soakKatas();

/**
 * Soaks of their own, in test/soak: the load generator's memory and speed over millions of requests, and
 * what is too large to be built in `npm test`.
 */
function soakTests() {
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const files = tests.map((name) => `test/soak/${name}.test.ts`);
  const words = [vitest, 'run', '--project=soak', '--reporter=verbose', ...files];
  const env = { ...process.env, PLAN_SOAK: '1' };
  return spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit', env }).status ?? 1;
}

async function soakKatas() {
  if (!Number.isInteger(times) || times < 1) return refuse(`--times ${values.times}: a number`);
  const katas = await loadKatas();
  const unknown = positionals.find((word) => !katas.some(({ id }) => id === word));
  if (unknown !== undefined) return refuse(`${unknown} is no kata of the lab`);
  const wanted = katas.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
  if (values.fresh) forget(wanted.map(({ id }) => id));
  const desk = openDesk();
  try {
    const rows = [];
    for (const kata of wanted) rows.push(await soak(kata, desk));
    console.log(`\n${table(rows)}`);
    if (desk.isStopped()) return 130;
    return rows.every(isWell) ? 0 : 1;
  } finally {
    await desk.close();
  }
}

function refuse(why) {
  console.error(why);
  return 2;
}

async function loadKatas() {
  const folder = path.join(root, 'katas');
  const names = readdirSync(folder).filter((name) =>
    existsSync(path.join(folder, name, 'kata.ts')),
  );
  const order = new Intl.Collator('en', { numeric: true }).compare;
  const katas = await Promise.all(
    names.sort(order).map(async (name) => {
      const module = path.join(root, 'dist/katas', name, 'kata.js');
      const { kata } = await import(pathToFileURL(module).href);
      return { ...kata, folder: `katas/${name}` };
    }),
  );
  // `plan run` plays no mystery: test/mystery.test.ts does.
  return katas.filter(({ mystery }) => mystery === undefined);
}

/**
 * Every case of the lesson in every language, on every broker that the kata knows; a system of several
 * programs also mixed, the last one in the last language and its neighbours in the first.
 */
function casesOf({ folder, lesson, languages, programs: roles = {}, options, expect }) {
  const defaults = Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, option.default]),
  );
  const brokers = options.broker?.choices ?? [undefined];
  const alone = languages.map((language) => ['--lang', language]);
  const programs = [...(alone.length > 0 ? alone : [[]]), ...mixedOf(folder, roles)];
  return lesson.flatMap(({ strategy, ...changed }) =>
    brokers.flatMap((broker) =>
      programs.map((program) => {
        const given = { ...changed, ...(broker !== undefined && { broker }) };
        const { verdict } = expect(strategy, { ...defaults, ...given });
        const words = [
          ...['--strategy', strategy],
          ...Object.entries(given).flatMap(([name, value]) => [flagOf(name), String(value)]),
          ...program,
        ];
        return { words, isRight: verdict === 'holds' };
      }),
    ),
  );
}

function mixedOf(folder, roles) {
  const [name, { languages = [] } = {}] = Object.entries(roles).at(-1) ?? [];
  if (name === undefined || languages.length < 2) return [];
  // Seen from the folder in which the soak runs.
  return [['--impl', `${name}=${path.join(root, folder, name, languages.at(-1))}`]];
}

/** `thinkMs` → `--think-ms` */
function flagOf(name) {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

async function soak(kata, desk) {
  const cases = casesOf(kata);
  const right = cases.filter(({ isRight }) => isRight);
  const broken = cases.filter(({ isRight }) => !isRight);
  const margins = new Map();
  const quiet = await runAll(kata, right, desk, 'quiet', margins);
  const beside = await runAll(kata, right, desk, 'beside', margins);
  const wrong = await runAll(kata, broken, desk, 'wrong', margins);
  const twins = await proveTwins(kata, desk);
  return { id: kata.id, quiet, beside, wrong, twins, margins };
}

async function runAll(kata, cases, desk, how, margins) {
  const total = { well: 0, undecided: 0, of: 0 };
  const isLoaded = how === 'beside' && cases.length > 0 && !desk.isStopped();
  const hogs = isLoaded ? computeWithoutEnd() : undefined;
  try {
    for (const { words } of cases) {
      const known = await runCase(kata, words, desk, how, margins);
      for (const field of Object.keys(total)) total[field] += known[field];
    }
  } finally {
    hogs?.end();
  }
  return total;
}

async function runCase({ id, folder }, words, desk, how, margins) {
  const sources = sourcesOf(folder, false);
  const shown = words.map((word) => word.replace(`${root}${path.sep}`, ''));
  const key = [id, ...shown, ...(how === 'beside' ? ['loaded'] : [])].join(' ');
  for (let left = timesOf(how) - knownOf(key, sources).of; left > 0 && !desk.isStopped();) {
    const repeat = Math.min(left, mostAtOnce);
    const { stdout, stderr } = await desk.plan('run', id, ...words, '--repeat', repeat, '--json');
    // What was cut off says nothing of the program.
    if (desk.isStopped()) break;
    const { cases = [] } = parse(stdout) ?? {};
    const well = cases.filter(({ asExpected }) => asExpected).length;
    const strange = cases.filter(({ asExpected }) => !asExpected).map(({ verdict }) => verdict);
    const undecided = strange.filter((verdict) => verdict === 'inconclusive').length;
    if (cases.length < repeat) console.error(stderr.trimEnd());
    const counts = { well, undecided, of: repeat };
    const load = Number(os.loadavg()[0].toFixed(1));
    write({ key, sources, load, ...counts, margins: marginsOf(cases), strange });
    left -= repeat;
  }
  const known = knownOf(key, sources);
  for (const [name, value] of Object.entries(known.margins))
    margins.set(name, Math.min(value, margins.get(name) ?? Infinity));
  tell(key, known);
  return known;
}

function timesOf(how) {
  return Math.max(1, Math.round(times * shares[how]));
}

/** What the runs that were written down came to together. */
function knownOf(key, sources) {
  const rows = read().filter((row) => row.key === key && row.sources === sources);
  const sum = (field) => rows.reduce((total, row) => total + (row[field] ?? 0), 0);
  const margins = {};
  for (const [name, value] of rows.flatMap((row) => Object.entries(row.margins)))
    margins[name] = Math.min(value, margins[name] ?? Infinity);
  const again = rows.flatMap((row) => row.again ?? []);
  return {
    ...{ well: sum('well'), undecided: sum('undecided'), of: sum('of'), margins },
    ...{ rows: rows.length, again, strange: rows.flatMap((row) => row.strange) },
  };
}

/** What a rule with a tolerance had left of it, as a share; below 0 of one that broke. */
function marginsOf(cases) {
  const smallest = {};
  for (const { invariant, margin } of cases.flatMap(({ findings = [] }) => findings)) {
    if (margin === undefined || margin.limit <= 0) continue;
    const left = Number((1 - margin.value / margin.limit).toFixed(2));
    smallest[invariant] = Math.min(left, smallest[invariant] ?? Infinity);
  }
  return smallest;
}

async function proveTwins({ id, folder }, desk) {
  if (values.cases) return { well: 0, undecided: 0, of: 0 };
  const sources = sourcesOf(folder, true);
  const key = `${id} twins`;
  const wanted = timesOf('twins') - knownOf(key, sources).rows;
  for (let left = wanted; left > 0 && !desk.isStopped(); left -= 1) {
    const { stdout, stderr } = await desk.plan('dev', 'check', id, '--only', 'twins', '--json');
    if (desk.isStopped()) break;
    const proof = parse(stdout)?.katas?.[0];
    if (!proof) console.error(stderr.trimEnd());
    const twins = proof ? (proof.twins ?? []) : [{ name: 'none could be run', asWanted: false }];
    const strange = twins.filter(({ asWanted }) => !asWanted).map(({ name }) => name);
    const again = twins.filter(({ attempts = 1 }) => attempts > 1).map(({ name }) => name);
    const [well, of] = [twins.length - strange.length, twins.length];
    write({ key, sources, well, of, margins: {}, strange, again });
  }
  const known = knownOf(key, sources);
  const told = ['not as told', 'run again'].flatMap((what, at) => {
    const names = [...new Set([known.strange, known.again][at])];
    return names.length === 0 ? [] : [`, ${what}: ${names.join(', ')}`];
  });
  tell(key, known, told.join(''));
  return known;
}

/** Nothing where it was stopped before it came to this. */
function tell(key, { well, of }, more = '') {
  if (of > 0) console.log(`${well === of ? '✔' : '✗'} ${key}: ${well} of ${of}${more}`);
}

/** Two processes at full load, as on a machine where somebody else is at work. */
function computeWithoutEnd() {
  const hogs = [1, 2].map(() =>
    // Each ends by itself once nobody is there who would end it.
    spawn(process.execPath, [
      '-e',
      'const parent = process.ppid; for (;;) { const end = Date.now() + 500; while (Date.now() < end); if (process.ppid !== parent) process.exit(); }',
    ]),
  );
  return { end: () => hogs.forEach((hog) => hog.kill('SIGKILL')) };
}

/** A folder and a state of its own, with all services warm. */
function openDesk() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'plan-soak-'));
  const env = { ...process.env, XDG_STATE_HOME: path.join(folder, '.state') };
  let running;
  let isStopped = false;
  const plan = (...words) =>
    new Promise((resolve) => {
      const binary = path.join(root, 'bin/plan.js');
      // In a group of its own: Ctrl-C comes from here alone, and once.
      const options = { cwd: folder, env, detached: true };
      running = spawn(process.execPath, [binary, ...words.map(String)], options);
      const told = { stdout: '', stderr: '' };
      running.stdout.on('data', (text) => (told.stdout += text));
      running.stderr.on('data', (text) => (told.stderr += text));
      running.on('close', () => resolve(told));
    });
  const ready = plan('init').then(() => plan('services', 'up'));
  const close = async () => {
    await plan('services', 'down');
    rmSync(folder, { recursive: true, force: true });
  };
  // A second Ctrl-C ends it at once, and what was written down is there all the same.
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      isStopped = true;
      running?.kill('SIGINT');
    });
  return {
    plan: (...words) => ready.then(() => (isStopped ? { stdout: '', stderr: '' } : plan(...words))),
    isStopped: () => isStopped,
    close,
  };
}
