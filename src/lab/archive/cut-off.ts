import { createReadStream } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { exitCodes, PlanError } from '../../base/errors.js';
import { countOutcomes } from '../../history/count-outcomes.js';
import { cutOffTexts } from '../../i18n/cut-off.js';
import { texts } from '../../i18n/text.js';
import type { ActNote } from '../../kata/acts.js';
import type { CutOffCase, CutOffRun } from '../../kata/cut-off-run.js';
import { History, type HistoryEvent } from '../../kata/history.js';
import { lifeOf } from '../../register/identity.js';
import { liveFile, readBegun, type BegunRun } from './begun.js';
import { isThere } from './names.js';

/**
 * What a run has left that was cut off; undefined where it came to its end, or where none is.
 * @throws PlanError `run-goes-on`
 */
export async function readCutOff(where: string): Promise<CutOffRun | undefined> {
  const folder = await realpath(where).catch(() => undefined);
  if (folder === undefined || (await isThere(path.join(folder, 'run.json')))) return undefined;
  const begun = await readBegun(folder);
  if (begun === undefined) return undefined;
  if (begun.by.pid !== process.pid && lifeOf(begun.by) === 'alive') throw goesOn(where, begun);
  const { kata, kataFolder, startedAt, command, seed, plan } = begun;
  return {
    ...{ kata, ...(kataFolder !== undefined && { kataFolder }), startedAt },
    ...{ folder: begun.folder, command, seed, plan, outcome: 'cut-off' },
    cases: await casesIn(folder, begun),
  };
}

async function casesIn(folder: string, { cases }: BegunRun): Promise<CutOffCase[]> {
  const ended = await eventsIn(path.join(folder, 'history.jsonl'));
  const told: CutOffCase[] = [];
  for (const { index, slug } of cases) {
    const file = liveFile(folder, index);
    // Cut off while it was put behind the others, it stands in both; whole only by itself.
    const isUnderWay = await isThere(file);
    const events = isUnderWay ? await eventsIn(file) : ended.filter((one) => one.case === index);
    const state = isUnderWay ? 'under-way' : events.length > 0 ? 'over' : 'not-begun';
    told.push({ index, slug, state, ...whatWasSeen(events) });
  }
  return told;
}

function whatWasSeen(
  events: readonly HistoryEvent[],
): Omit<CutOffCase, 'index' | 'slug' | 'state'> {
  const history = new History(events);
  const last = events.at(-1);
  const began = history.notes<ActNote>('act-began').at(-1);
  const ended = history.notes<ActNote>('act-ended').at(-1);
  const isInAct = began !== undefined && (ended === undefined || ended.line < began.line);
  return {
    events: events.length,
    counts: countOutcomes(history),
    lastMs: last ? Math.round(last.at / 1000) : null,
    ...(isInAct && { act: began.value.act }),
  };
}

/** Up to where its last line is whole. */
async function eventsIn(file: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  if (!(await isThere(file))) return events;
  for await (const line of createInterface({ input: createReadStream(file) }))
    try {
      events.push(JSON.parse(line) as HistoryEvent);
    } catch {
      return events;
    }
  return events;
}

function goesOn(where: string, { by }: BegunRun): PlanError {
  const t = texts(cutOffTexts);
  return new PlanError({
    code: 'run-goes-on',
    exit: exitCodes.usage,
    what: t.goesOn(where, by.pid),
    mend: t.goesOnMend(where),
  });
}
