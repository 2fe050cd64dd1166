import { execa } from 'execa';
import { rm, writeFile } from 'node:fs/promises';
import { planBinary, type Desk } from './cli.js';

interface Faulty {
  exitCode?: number | undefined;
  signal?: string | undefined;
  stdout: string;
  stderr: string;
}

/**
 * Runs plan on a file system that fails: the first rename, mkdir or fsync of a file either ends the
 * program (SIGKILL) or fails with the error code.
 */
export async function injecting(
  call: 'rename' | 'mkdir' | 'sync',
  what: 'SIGKILL' | 'ENOSPC' | 'EACCES',
  desk: Desk,
  ...words: string[]
): Promise<Faulty> {
  const preload = `${desk.folder}-inject.mjs`;
  await writeFile(preload, faultySystem(call, what));
  const { exitCode, signal, stdout, stderr } = await execa(
    process.execPath,
    ['--import', preload, planBinary, ...words],
    { cwd: desk.folder, env: desk.env, extendEnv: false, reject: false, stdin: 'ignore' },
  );
  await rm(preload);
  return { exitCode, signal, stdout, stderr };
}

function faultySystem(call: string, what: string): string {
  return `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const fail = () => {
  if (${JSON.stringify(what)} === 'SIGKILL') process.kill(process.pid, 'SIGKILL');
  return Object.assign(new Error('${what}: injected'), { code: '${what}' });
};
const isOurs = (name) => String(name).includes('progress.json');
const { rename, open } = fs.promises;
if (${JSON.stringify(call)} === 'rename')
  fs.promises.rename = async (from, to) => {
    if (isOurs(to)) throw fail();
    return rename(from, to);
  };
if (${JSON.stringify(call)} === 'mkdir') {
  const { mkdir } = fs;
  fs.mkdir = (name, ...rest) =>
    isOurs(name) ? setImmediate(() => rest.at(-1)(fail())) : mkdir(name, ...rest);
}
if (${JSON.stringify(call)} === 'sync')
  fs.promises.open = async (name, ...rest) => {
    const handle = await open(name, ...rest);
    if (isOurs(name)) handle.sync = () => Promise.reject(fail());
    return handle;
  };
syncBuiltinESMExports();
`;
}

/**
 * Runs plan as somebody whom file modes bind. Root gives up its powers over files for that, but not
 * its name: a clone under /root stays within reach.
 */
export async function asOrdinaryUser(desk: Desk, ...words: string[]): Promise<Faulty> {
  const options = { cwd: desk.folder, env: desk.env, extendEnv: false, reject: false } as const;
  if (process.getuid?.() !== 0) return execa(planBinary, words, { ...options, stdin: 'ignore' });
  const bound = ['--bounding-set', '-dac_override,-dac_read_search', '--inh-caps', '-all'];
  return execa('setpriv', [...bound, process.execPath, planBinary, ...words], {
    ...options,
    stdin: 'ignore',
  });
}
