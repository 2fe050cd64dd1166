import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Hono } from 'hono';
import { isThere } from '../../lab/archive/names.js';
import { pageName } from '../../lab/archive/page.js';
import { foreign } from '../../report/view/foreign.js';
import { logsOf } from '../../report/view/stories.js';
import { overlayPage } from '../../report/html/ui/overlay.js';
import { operationsPage, sequencesPage, storedRunPage } from '../../report/html/ui/run.js';
import { placeOf, type Site } from './place.js';
import { openRun } from './open-run.js';
import { overlayView } from './overlay-view.js';
import { operationsView, runView, sequencesView } from './run-view.js';

/** A file of its own keeps its own policy, and may do less than a page of ours. */
const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
const mostLog = 4 * 1024 * 1024;

/** What a stored run has to tell. */
export function runRoutes(app: Hono, own: string, site: Site): void {
  const at = `${own}/runs/:kata/:name`;
  app.get(`${own}/curves`, async (context) =>
    context.html(overlayPage(placeOf(context, site), await overlayView(context, site))),
  );
  app.get(at, async (context) => {
    const open = await openRun(context, site);
    if (!open) return context.notFound();
    const hasPage = await isThere(path.join(open.folder, pageName));
    const place = placeOf(context, site);
    return context.html(storedRunPage(place, open.run, await runView(open), hasPage));
  });
  app.get(`${at}/operations`, async (context) => {
    const open = await openRun(context, site);
    if (!open) return context.notFound();
    const view = await operationsView(open, context.req.query());
    return context.html(operationsPage(placeOf(context, site), view));
  });
  app.get(`${at}/sequences`, async (context) => {
    const open = await openRun(context, site);
    if (!open) return context.notFound();
    const view = await sequencesView(open, context.req.query());
    return context.html(sequencesPage(placeOf(context, site), view));
  });
  app.get(`${at}/${pageName}`, async (context) => {
    const open = await openRun(context, site);
    if (!open) return context.notFound();
    context.header('Content-Security-Policy', filePolicy);
    return context.html(await readFile(path.join(open.folder, pageName), 'utf8'));
  });
  app.get(`${at}/logs/:file`, async (context) => {
    const open = await openRun(context, site);
    const file = path.join('logs', context.req.param('file'));
    // Only what the record itself names: no other file is looked for.
    if (!open?.record.cases.some((one) => logsOf(one).includes(file))) return context.notFound();
    context.header('Content-Security-Policy', filePolicy);
    return context.text(foreign(await endOf(path.join(open.folder, file))));
  });
}

async function endOf(file: string): Promise<string> {
  const { size } = await stat(file);
  const parts: Buffer[] = [];
  const stream = createReadStream(file, { start: Math.max(0, size - mostLog) });
  for await (const part of Readable.from(stream)) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
