import { rename, rm } from 'node:fs/promises';
import { errorCode, errorMessage } from '../../base/errors.js';
import { readOwnFile } from '../../base/own-folder.js';
import { runningTexts } from '../../i18n/running.js';
import { texts } from '../../i18n/text.js';
import { parseEntry, parseEntryName, type Resource } from '../../register/entries.js';
import { describePlace } from './end-place.js';
import { endResource } from './end-resource.js';
import { lifeOf } from '../../register/identity.js';
import { isKept } from '../../register/kept.js';
import { canBeEnded } from '../../register/leftovers.js';
import { entryFiles } from '../../register/places.js';

/** What was found of owners that are no longer alive; for people to read. */
export interface Recovery {
  /** What has been ended: `process 4711`, `folder /tmp/…`. */
  readonly ended: readonly string[];
  /** What could not be ended or read, and why; its entries are kept. */
  readonly kept: readonly string[];
}

interface Found {
  readonly file: string;
  readonly resource: Resource;
}

/**
 * Ends what owners that are no longer alive left behind: processes first, by pid and start time,
 * then what they held. What belongs to a living owner, or was written down as kept, is not touched.
 * Never throws for a single entry: it is kept and told.
 */
export async function recoverLeftovers(): Promise<Recovery> {
  const ended: string[] = [];
  const { found, unreadable: kept } = await readRegister();
  for (const kind of ['process', 'container', 'place', 'folder'] as const) {
    const some = found.filter(({ resource }) => resource.kind === kind);
    for (const result of await Promise.all(some.map(end))) {
      (result.why === undefined ? ended : kept).push(result.why ?? result.what);
    }
  }
  return { ended, kept };
}

async function end({ file, resource }: Found): Promise<{ what: string; why?: string }> {
  const t = texts(runningTexts);
  const what = await describe(resource);
  try {
    const problem = await endResource(resource);
    if (problem !== undefined) return { what, why: t.notEnded(what, problem) };
    await rm(file, { force: true });
    return { what };
  } catch (error) {
    return { what, why: t.notEnded(what, errorMessage(error)) };
  }
}

async function readRegister(): Promise<{ found: Found[]; unreadable: string[] }> {
  const found: Found[] = [];
  const unreadable: string[] = [];
  for (const { file, name } of entryFiles()) {
    const parsed = parseEntryName(name.replace(/\.aside$/, ''));
    if (parsed === undefined || !canBeEnded(parsed) || lifeOf(parsed.owner) !== 'gone') continue;
    await readEntry(file, found, unreadable);
  }
  return { found, unreadable };
}

async function readEntry(file: string, found: Found[], unreadable: string[]): Promise<void> {
  try {
    const entry = parseEntry(readOwnFile(file));
    // A server runs before its entry does, so one that is whole counts whatever its name; one that is
    // not is of an owner that was killed while it wrote it down.
    if (entry === undefined && file.endsWith('.aside')) await rm(file, { force: true });
    else if (entry === undefined) unreadable.push(await setAside(file));
    else if (isKept(entry.resource)) await rm(file, { force: true });
    else found.push({ file, resource: entry.resource });
  } catch (error) {
    // Another plan has just ended it.
    if (errorCode(error) === 'ENOENT') return;
    unreadable.push(texts(runningTexts).notEnded(file, errorMessage(error)));
  }
}

/** Under a name that is no entry's, so that it is told of once and costs nothing afterwards. */
async function setAside(file: string): Promise<string> {
  const aside = `${file}.unreadable`;
  await rename(file, aside);
  return texts(runningTexts).unreadable(aside);
}

async function describe(resource: Resource): Promise<string> {
  const t = texts(runningTexts);
  switch (resource.kind) {
    case 'process':
      return t.process(resource.process.pid);
    case 'folder':
      return t.folder(resource.path);
    case 'place':
      return describePlace(resource);
    case 'container':
      return t.container(resource.id.slice(0, 12));
  }
}
