import { existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../../base/errors.js';
import { servicesTexts } from '../../../i18n/services.js';
import { texts } from '../../../i18n/text.js';
import { makeFolder } from '../../private/aside.js';
import { runProgram } from './program.js';
import type { ServiceUser } from '../../private/user.js';

/** An initialised cluster that is copied for each start and never started itself. */
export interface Template {
  readonly folder: string;
  /** The folder that PostgreSQL calls its data directory. */
  readonly data: string;
  /** Of the superuser `postgres`. */
  readonly password: string;
}

export interface Binaries {
  /** The folder of `initdb` and `postgres`. */
  readonly bin: string;
  /** Tells apart clusters that cannot share a template: version, platform, source. */
  readonly key: string;
}

interface Making {
  readonly home: string;
  readonly binaries: Binaries;
  readonly user: ServiceUser | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

/** Raised where what is inside a template changes, so that older ones are not used any more. */
const layout = 1;

/**
 * The template for these binaries, made where there is none. Built aside and renamed in, so that
 * nobody sees half of one; of two that are made at once the first counts.
 */
export async function ensureTemplate(making: Making): Promise<Template> {
  const folder = templateFolder(making);
  const template = await readTemplate(folder);
  if (template !== undefined) return template;
  // Nothing is there, or something that lost its password.
  await setTemplateAside(making);
  return makeTemplate(folder, making);
}

/** Takes a template that does not work out of use. The last such one is kept to be looked at. */
export async function setTemplateAside(making: Making): Promise<void> {
  const folder = templateFolder(making);
  if (!existsSync(folder)) return;
  const broken = path.join(path.dirname(folder), `broken-${path.basename(folder)}`);
  await rm(broken, { recursive: true, force: true });
  await rename(folder, broken).catch(ignoreMissing);
}

function templateFolder({ home, binaries, user }: Making): string {
  const owner = user?.uid ?? process.getuid?.() ?? 0;
  return path.join(home, 'templates', `${binaries.key}-u${owner}-v${layout}`);
}

async function readTemplate(folder: string): Promise<Template | undefined> {
  try {
    const password = (await readFile(path.join(folder, 'password'), 'utf8')).trim();
    return { folder, data: path.join(folder, 'data'), password };
  } catch (error) {
    ignoreMissing(error);
    return undefined;
  }
}

async function makeTemplate(folder: string, making: Making): Promise<Template> {
  making.onProgress(texts(servicesTexts).initialising);
  const mode = making.user === undefined ? 0o700 : 0o755;
  await makeFolder(folder, mode, (aside) => initialise(aside, making));
  const template = await readTemplate(folder);
  if (template === undefined) throw new Error(`${folder} was removed while it was made`);
  return template;
}

async function initialise(folder: string, { binaries, user, signal }: Making): Promise<void> {
  const data = path.join(folder, 'data');
  const passwordFile = path.join(folder, 'password');
  const password = randomBytes(24).toString('base64url');
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user !== undefined) {
    for (const made of [data, passwordFile]) await chown(made, user.uid, user.gid);
  }
  const parameters = [
    ['-D', data, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
    ['--encoding=UTF8', '--locale=C', '--no-instructions'],
  ].flat();
  await runProgram(path.join(binaries.bin, 'initdb'), parameters, { user, signal });
  if (user !== undefined) await chown(passwordFile, 0, 0);
}

function ignoreMissing(error: unknown): void {
  if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw error;
}
