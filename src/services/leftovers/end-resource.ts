import { lstatSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../base/errors.js';
import { isOwnFolder } from '../../base/own-folder.js';
import { runningTexts } from '../../i18n/running.js';
import { texts } from '../../i18n/text.js';
import { removeContainer } from '../docker/end.js';
import { endProcess } from '../../register/end-process.js';
import type { Resource } from '../../register/entries.js';
import { readKept, serverOf } from '../../register/kept.js';
import { isFolderOfOurs } from '../../register/places.js';

/** Ends one thing. Ending what is gone already is no problem. @returns why it could not be ended */
export async function endResource(resource: Resource): Promise<string | undefined> {
  switch (resource.kind) {
    case 'process':
      return (await endProcess(resource)) ? undefined : texts(runningTexts).stillRuns;
    case 'folder':
      return removeFolder(resource.path);
    case 'container':
      return removeContainer(resource);
    case 'database':
      return endDatabase(resource);
    case 'vhost':
      return endVhost(resource);
    case 'redisdb':
      return endRedisDatabase(resource);
  }
}

/** The register is closed to others, but a damaged path must never cost anybody their files. */
async function removeFolder(folder: string): Promise<string | undefined> {
  // A lock holds nothing, and what holds something is none.
  if (folder.endsWith('.lock')) return removeLock(folder);
  if (!isFolderOfOurs(folder)) return isGone(folder) ? undefined : texts(runningTexts).notOurs;
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  return undefined;
}

async function removeLock(folder: string): Promise<string | undefined> {
  if (isGone(folder)) return undefined;
  if (!isOwnFolder(path.dirname(folder))) return texts(runningTexts).notOurs;
  await rmdir(folder);
  return undefined;
}

function isGone(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false }) === undefined;
}

async function endDatabase({
  name,
  service,
  server,
}: Extract<Resource, { kind: 'database' }>): Promise<string | undefined> {
  const url = service === 'kept' ? readKept('postgres')?.url : process.env['DATABASE_URL'];
  if (url === undefined || serverOf(url) !== server) {
    // With the kept server went all of its databases.
    return service === 'kept' ? undefined : texts(runningTexts).otherServer('DATABASE_URL');
  }
  const { dropDatabase, isOurs } = await import('../postgres/drop.js');
  if (!isOurs(name)) return texts(runningTexts).notOurs;
  try {
    await dropDatabase(url, name);
  } catch (error) {
    if (service !== 'kept' || errorCode(error) !== 'ECONNREFUSED') throw error;
  }
  return undefined;
}

async function endVhost({
  name,
  service,
  server,
}: Extract<Resource, { kind: 'vhost' }>): Promise<string | undefined> {
  const kept = service === 'kept' ? readKept('rabbitmq') : undefined;
  const url = service === 'kept' ? kept?.url : process.env['AMQP_URL'];
  if (url === undefined || serverOf(url) !== server) {
    // With the kept broker went all of its vhosts.
    return service === 'kept' ? undefined : texts(runningTexts).otherServer('AMQP_URL');
  }
  if (!/^plan_\w+$/.test(name)) return texts(runningTexts).notOurs;
  const { adminOfKept } = await import('../rabbitmq/admin.js');
  const { managementOf } = await import('../rabbitmq/management.js');
  const admin =
    kept === undefined ? managementOf(url, process.env) : await adminOfKept(kept.handle);
  try {
    await admin.deleteVhost(name);
  } catch (error) {
    if (service !== 'kept' || errorCode(error) !== 'ECONNREFUSED') throw error;
  }
  return undefined;
}

async function endRedisDatabase({
  name,
  index,
  service,
  server,
}: Extract<Resource, { kind: 'redisdb' }>): Promise<string | undefined> {
  const url = service === 'kept' ? readKept('redis')?.url : process.env['REDIS_URL'];
  if (url === undefined || serverOf(url) !== server) {
    // With the kept server went all of its databases.
    return service === 'kept' ? undefined : texts(runningTexts).otherServer('REDIS_URL');
  }
  if (!/^plan_\w+$/.test(name)) return texts(runningTexts).notOurs;
  const { releaseDatabase } = await import('../redis/claims.js');
  try {
    await releaseDatabase(url, { index, by: name });
  } catch (error) {
    if (service !== 'kept' || errorCode(error) !== 'ECONNREFUSED') throw error;
  }
  return undefined;
}
