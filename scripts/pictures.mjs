/**
 * `npm run pictures`: the READMEs' pictures, from real runs of what the sources are now.
 * Needs tmux (the terminal) and Chromium (which draws it, and shows the page); both are on Debian and
 * Ubuntu packages of that name. Writes docs/pictures/<what>-<language>.png.
 */
import { AnsiUp } from 'ansi_up';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { chromium } from 'playwright-core';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const target = path.join(root, 'docs/pictures');
const languages = ['en', 'es'];
/** A terminal of a usual size, in characters. */
const screen = { width: 112, height: 44 };
const minute = 60_000;

execFileSync(process.execPath, [path.join(root, 'scripts/build.mjs')], { stdio: 'inherit' });
mkdirSync(target, { recursive: true });
const browser = await chromium.launch({
  executablePath: programOf('chromium'),
  args: ['--no-sandbox'],
});
try {
  for (const language of languages) await withFolder((folder) => draw(language, folder));
} finally {
  await browser.close();
}

function programOf(name) {
  return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
}

/** A study folder with a state of its own, and its services. */
async function withFolder(use) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'plan-pictures-'));
  const folder = path.join(home, 'study');
  mkdirSync(folder);
  const env = { ...process.env, XDG_STATE_HOME: path.join(home, 'state') };
  const plan = (...words) =>
    execFileSync(process.execPath, [path.join(root, 'bin/plan.js'), ...words], {
      ...{ cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    });
  try {
    await use({ folder, env, plan });
  } finally {
    plan('services', 'down');
    rmSync(home, { recursive: true, force: true });
  }
}

async function draw(language, desk) {
  desk.plan('init', '--locale', language);
  desk.plan('services', 'up');
  const text = await typed('plan run kata-4 --no-ask', desk);
  await drawTerminal(text, path.join(target, `run-${language}.png`));
  desk.plan('run', 'kata-4', '--strategy', 'naive', '--buyers', '3', '--stock', '1', '--explain');
  await drawPage(language, desk);
}

/** What a terminal shows once the command has ended, with its colours. */
async function typed(command, { folder, env }) {
  const socket = path.join(folder, '../tmux');
  const tmux = (...words) =>
    execFileSync('tmux', ['-S', socket, ...words], { env, encoding: 'utf8' });
  const ended = path.join(folder, '../ended');
  const binary = path.join(root, 'bin/plan.js');
  const line = `plan() { ${process.execPath} ${binary} "$@"; touch ${ended}; }; PS1='$ '; clear`;
  const size = ['-x', String(screen.width), '-y', String(screen.height)];
  tmux('new-session', '-d', ...size, '-c', folder, 'bash --norc --noprofile');
  try {
    tmux('send-keys', line, 'Enter');
    await wait(500);
    tmux('send-keys', command, 'Enter');
    for (const end = Date.now() + 3 * minute; !existsSync(ended); await wait(200))
      if (Date.now() > end) throw new Error(`"${command}" did not end`);
    return whatCameOf(tmux('capture-pane', '-e', '-p', '-S', '-'), command);
  } finally {
    tmux('kill-server');
  }
}

/** From the command that was typed to the next prompt. */
function whatCameOf(text, command) {
  const lines = text.split('\n');
  const from = lines.findLastIndex((line) => line.startsWith('$') && line.includes(command));
  return lines
    .slice(from)
    .filter((line) => stripVTControlCharacters(line).trim() !== '$')
    .join('\n')
    .trimEnd();
}

async function drawTerminal(text, file) {
  const ansi = new AnsiUp();
  const style = `body { margin: 0; background: #fff0 } pre { display: inline-block; margin: 0;
    padding: 18px 22px; border-radius: 10px; background: #16181d; color: #d8dbe2;
    font: 13px/1.45 "DejaVu Sans Mono", monospace }`;
  const page = await browser.newPage({ deviceScaleFactor: 1.5 });
  await page.setContent(`<style>${style}</style><pre>${ansi.ansi_to_html(text)}</pre>`);
  await page.locator('pre').screenshot({ path: file, omitBackground: true });
  await page.close();
}

/** The page of the last run of its own kata: verdict, reason and interleaving. */
async function drawPage(language, { env, folder }) {
  const binary = path.join(root, 'bin/plan.js');
  const server = spawn(process.execPath, [binary, 'ui', '--no-open'], { cwd: folder, env });
  try {
    const url = await addressOf(env);
    const page = await browser.newPage({ viewport: { width: 1000, height: 1100 } });
    const run = readdirSync(path.join(folder, 'results/kata-4'))
      .filter((name) => /^\d/.test(name))
      .sort()
      .at(-1);
    await page.goto(`${url}${language}/runs/kata-4/${run}`);
    await page.screenshot({ path: path.join(target, `page-${language}.png`) });
    await page.close();
  } finally {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('close', resolve));
  }
}

async function addressOf({ XDG_STATE_HOME }) {
  const file = path.join(XDG_STATE_HOME, 'plan/page.json');
  for (const end = Date.now() + minute; Date.now() < end; await wait(100)) {
    if (!existsSync(file)) continue;
    const { secret, port } = JSON.parse(readFileSync(file, 'utf8'));
    const url = `http://127.0.0.1:${port}/${secret}/`;
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return url;
  }
  throw new Error('the page does not answer');
}
