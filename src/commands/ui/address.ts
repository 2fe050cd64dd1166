import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stateFolder } from '../../base/folders.js';

/** What the page's address is made of; the same from time to time, so that it can be kept. */
export interface Address {
  readonly secret: string;
  /** Of last time. */
  readonly port: number | undefined;
}

const file = (): string => path.join(stateFolder(), 'page.json');

export async function readAddress(): Promise<Address> {
  try {
    const { secret, port } = JSON.parse(await readFile(file(), 'utf8')) as Partial<Address>;
    if (secret !== undefined && /^[\w-]{32,}$/.test(secret))
      return { secret, port: Number.isInteger(port) ? port : undefined };
  } catch {
    // There was none, or it can't be read: a new one does as well.
  }
  return { secret: randomBytes(24).toString('base64url'), port: undefined };
}

/** Of this user alone, as everything in the folder is. */
export async function keepAddress(address: Address): Promise<void> {
  const aside = `${file()}.${process.pid}`;
  await writeFile(aside, JSON.stringify(address), { mode: 0o600 });
  await rename(aside, file());
}
