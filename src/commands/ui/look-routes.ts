import type { Hono } from 'hono';
import { findKata } from '../../kata/discover.js';
import { threadOf, type Thread } from '../../kata/trace/index.js';
import { historyOf } from '../../lab/archive/history-of.js';
import { linesAbout } from '../../lab/archive/lines-about.js';
import { lettersOfRun } from '../../lab/dead-letters/index.js';
import { lettersPage } from '../../report/html/ui/letters.js';
import { tracePage, type TraceView } from '../../report/html/ui/trace.js';
import { openRun } from './open-run.js';
import { placeOf, type Site } from './place.js';
import type { OpenRun } from './run-view.js';

/** What `plan trace` and `plan dlq` tell of a run. */
export function lookRoutes(app: Hono, own: string, site: Site): void {
  const at = `${own}/runs/:kata/:name`;
  app.get(`${at}/trace`, async (context) => {
    const open = await openRun(context, site);
    if (open?.kata.telemetry !== true) return context.notFound();
    const view = await traceView(open, context.req.query('id') ?? '');
    return context.html(tracePage(placeOf(context, site), view));
  });
  app.get(`${at}/letters`, async (context) => {
    const open = await openRun(context, site);
    if (open?.kata.deadLetters === undefined) return context.notFound();
    const { cases } = await lettersOfRun(await findKata(open.kata.id), open.folder);
    const view = { ...open, cases };
    return context.html(lettersPage(placeOf(context, site), view));
  });
}

/** Of the last case that knows of it: the lesson ends with the cure. */
async function traceView({ kata, run, folder, record }: OpenRun, id: string): Promise<TraceView> {
  const wanted = id === '' ? ({ by: 'slowest' } as const) : ({ by: 'name', name: id } as const);
  let found: { slug: string; thread: Thread } | undefined;
  for (const one of record.cases.toReversed()) {
    const thread = threadOf(await historyOf(folder, one), wanted);
    if (thread === undefined) continue;
    found = { slug: one.slug, thread };
    if (thread.spans.length > 0) break;
  }
  const lines = found ? await linesAbout(folder, found.slug, found.thread.names) : [];
  return { kata, run, id, found, lines };
}
