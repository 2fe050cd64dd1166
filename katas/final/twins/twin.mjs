// Builds a reference with one fault, below dist/ in the folder where it is called: fault.json says what
// stands there in place of what; more/, if it is there, has files of its own. Called as: node twin.mjs payments/go
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const kata = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [reference = ''] = process.argv.slice(2);
const copy = path.resolve('dist', 'src');
const program = path.resolve('dist', 'program');

rmSync('dist', { recursive: true, force: true });
cpSync(path.join(kata, reference), copy, { recursive: true });
if (existsSync('more')) cpSync('more', copy, { recursive: true });
for (const { file, from, to } of JSON.parse(readFileSync('fault.json', 'utf8')))
  replace(file, from, to);
const kits = path.resolve(kata, '..', 'kit');
if (reference.endsWith('/go')) buildGo();
else buildRust();

/** A reference that has moved on fails its twin: it would be right. */
function replace(file, from, to) {
  const place = path.join(copy, file);
  const parts = readFileSync(place, 'utf8').split(from);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${from}`);
  writeFileSync(place, parts.join(to));
}

function buildGo() {
  const module = path.join(copy, 'go.mod');
  writeFileSync(module, readFileSync(module, 'utf8').replaceAll('../../../kit', kits));
  const env = { ...process.env, CGO_ENABLED: '0' };
  execFileSync('go', ['build', '-o', program, '.'], { cwd: copy, env, stdio: 'inherit' });
}

/** In the folder where the lab builds too: its crates are compiled once. The name is the twin's own. */
function buildRust() {
  const name = path.basename(path.resolve('..'));
  replace('Cargo.toml', '../../../kit', kits);
  replace('Cargo.toml', 'name = "final-inventory"', `name = "${name}"`);
  replace('Cargo.toml', 'name = "main"', `name = "${name}"`);
  replace('Cargo.lock', 'name = "final-inventory"', `name = "${name}"`);
  const caches = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
  const target = path.join(caches, 'plan', 'rust');
  const env = { ...process.env, CARGO_TARGET_DIR: target };
  execFileSync('cargo', ['build', '--release'], { cwd: copy, env, stdio: 'inherit' });
  // Whoever runs an earlier one keeps it.
  copyFileSync(path.join(target, 'release', name), `${program}.aside`);
  renameSync(`${program}.aside`, program);
}
