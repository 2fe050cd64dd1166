import { createReadStream } from 'node:fs';
import { mkdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { makeFolders } from '../../base/make-folders.js';
import { errorCode, errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { displayPath } from '../../base/display-path.js';
import { runTexts } from '../../i18n/run.js';
import { texts } from '../../i18n/text.js';
import { LiveFile } from '../../history/live-file.js';
import type { Recorder } from '../../history/recorder.js';
import type { HistoryEvent } from '../../kata/history.js';
import type { RunRecord } from '../../kata/run-record.js';
import { forgetBegun, liveFile, writeBegun, type BegunRun } from './begun.js';
import { isThere, runNames } from './names.js';
import { asCurrent } from './schemas.js';

/** The link to a kata's newest finished run. */
const latest = 'latest';

/** The folder that a run leaves: run.json, history.jsonl, one .hgrm and one log a case. */
export class RunFolder {
  readonly path: string;
  #lines = 0;
  /** Cases that end together write one after the other. */
  #appended = Promise.resolve();

  private constructor(folder: string) {
    this.path = folder;
  }

  /**
   * Makes `results/<kata>/<time>` below the learner's root. @param kata or a folder of its own
   * @throws PlanError `results-not-writable`
   */
  static async create(root: string, kata: string, startedAt: Date): Promise<RunFolder> {
    const parent = path.join(root, 'results', kata);
    const name = startedAt
      .toISOString()
      .replace(/\.\d+Z$/, 'Z')
      .replaceAll(':', '-');
    try {
      makeFolders(parent);
      const folder = new RunFolder(await makeUnused(parent, name));
      await mkdir(path.join(folder.path, 'logs'));
      await writeFile(path.join(folder.path, 'history.jsonl'), '');
      return folder;
    } catch (error) {
      throw notWritable(parent, error);
    }
  }

  relativeTo(root: string): string {
    return displayPath(this.path, root);
  }

  logFile(slug: string): string {
    return path.join(this.path, 'logs', `${slug}.log`);
  }

  spansFile(slug: string): string {
    return spansFile(this.path, slug);
  }

  /** What taps have heard of a case. */
  wireFile(slug: string): string {
    return path.join(this.path, `${slug}.statements.jsonl`);
  }

  /** What this run is about, for whoever finds it cut off. */
  async begin(run: Omit<BegunRun, 'by'>): Promise<void> {
    await this.#write(() => writeBegun(this.path, run));
  }

  /** What the recorder takes down is on disk from now on, beside what other cases came to. */
  follow(recorder: Recorder, caseIndex: number): LiveFile {
    try {
      return LiveFile.follow(liveFile(this.path, caseIndex), recorder);
    } catch (error) {
      throw notWritable(this.path, error);
    }
  }

  /**
   * Puts the history of a case behind those of the others, in one piece.
   * @returns its first and last line in history.jsonl, counted from 1
   */
  async join(live: LiveFile): Promise<[number, number]> {
    live.end();
    const [first, last] = [this.#lines + 1, this.#lines + live.lines];
    this.#lines = last;
    this.#appended = this.#appended.then(() =>
      this.#write(() => live.moveBehind(path.join(this.path, 'history.jsonl'))),
    );
    await this.#appended;
    return [first, last];
  }

  async writeHgrm(slug: string, text: string): Promise<void> {
    await this.#write(() => writeFile(path.join(this.path, `${slug}.hgrm`), text));
  }

  /**
   * Last of all; then `latest` names this run. An interrupted run is kept for what it did come to,
   * but is not the latest; one that came to nothing is no run.
   */
  async finish(record: RunRecord): Promise<void> {
    await this.#write(async () => {
      if (record.cases.length === 0) {
        await rm(this.path, { recursive: true });
        return;
      }
      const aside = path.join(this.path, 'run.json.aside');
      await writeFile(aside, `${JSON.stringify(record, null, 2)}\n`);
      await rename(aside, path.join(this.path, 'run.json'));
      await forgetBegun(this.path);
      if (record.outcome !== 'interrupted') await this.#pointLatestHere();
    });
  }

  /** A comfort: where there are no links, the newest folder is the latest all the same. */
  async #pointLatestHere(): Promise<void> {
    const parent = path.dirname(this.path);
    const aside = path.join(parent, `.${latest}-${process.pid}`);
    try {
      await rm(aside, { force: true });
      await symlink(path.basename(this.path), aside);
      await rename(aside, path.join(parent, latest));
    } catch {
      await rm(aside, { force: true }).catch(() => undefined);
    }
  }

  async #write(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      throw notWritable(this.path, error);
    }
  }
}

/** What the programs of a case have told of themselves, a line a span. */
export const spansFile = (folder: string, slug: string): string =>
  path.join(folder, `${slug}.spans.jsonl`);

/** Two runs in one second get folders of their own. */
async function makeUnused(parent: string, name: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const folder = path.join(parent, n === 1 ? name : `${name}-${n}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/**
 * Reads a stored run: its folder, its run.json, or a link to either.
 * @throws PlanError `no-such-run`, `bad-run`
 */
export async function readRun(where: string): Promise<{ folder: string; record: RunRecord }> {
  const given = where.endsWith('run.json') ? path.dirname(where) : where;
  const folder = await realpath(given).catch(() => latestBeside(given));
  const text =
    folder === undefined
      ? undefined
      : await readFile(path.join(folder, 'run.json'), 'utf8').catch(() => undefined);
  if (folder === undefined || text === undefined) throw noSuchRun(where);
  try {
    return { folder, record: asCurrent(JSON.parse(text)) };
  } catch (error) {
    throw badRun(path.join(folder, 'run.json'), error);
  }
}

/** `results/<kata>/latest` on a disk without links. */
async function latestBeside(given: string): Promise<string | undefined> {
  if (path.basename(given) !== latest) return undefined;
  const parent = path.dirname(given);
  for (const name of await runNames(parent).catch(() => []))
    if (await isThere(path.join(parent, name, 'run.json'))) return path.join(parent, name);
  return undefined;
}

/** The events on these lines of history.jsonl, counted from 1, both included. */
export async function readHistory(
  folder: string,
  [first, last]: readonly [number, number],
): Promise<HistoryEvent[]> {
  const file = path.join(folder, 'history.jsonl');
  const events: HistoryEvent[] = [];
  let line = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(file) })) {
      line += 1;
      if (line >= first && line <= last) events.push(JSON.parse(text) as HistoryEvent);
    }
    if (line < last) throw new Error(`it has ${line} lines of ${last}`);
    return events;
  } catch (error) {
    throw badRun(file, error);
  }
}

function notWritable(folder: string, cause: unknown): PlanError {
  const t = texts(runTexts);
  return new PlanError({
    code: 'results-not-writable',
    exit: exitCodes.environment,
    what: t.noResults(folder, errorMessage(cause)),
    mend: t.noResultsMend,
    cause,
  });
}

function noSuchRun(where: string): PlanError {
  const t = texts(runTexts);
  return new PlanError({
    code: 'no-such-run',
    exit: exitCodes.usage,
    what: t.noSuchRun(where),
    mend: t.noSuchRunMend,
  });
}

function badRun(file: string, cause: unknown): PlanError {
  const t = texts(runTexts);
  return new PlanError({
    code: 'bad-run',
    exit: exitCodes.usage,
    what: t.badRun(file, errorMessage(cause)),
    mend: t.badRunMend,
    cause,
  });
}
