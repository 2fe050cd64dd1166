import type { Hono } from 'hono';
import type { Locale } from '../../i18n/text.js';
import { uiTexts } from '../../i18n/ui.js';
import { findKata, hasKata, listKatas } from '../../kata/discover.js';
import { loadCurriculum } from '../../plan/curriculum.js';
import { loadNotes, readNote } from '../../plan/notes.js';
import { localDate, tickItems, untickItems } from '../../plan/progress.js';
import { requireRoot } from '../../plan/required-root.js';
import { resolveItems } from '../../plan/resolve.js';
import { findRoot } from '../../plan/root.js';
import { foreign } from '../../report/view/foreign.js';
import { kataPage, katasPage } from '../../report/html/ui/kata.js';
import { planPage } from '../../report/html/ui/plan.js';
import { messagePage } from '../../report/html/ui/shell.js';
import { textPage } from '../../report/html/ui/text.js';
import { placeOf, type Site } from './place.js';
import { journalOf, kataView, labelOf } from './kata-view.js';
import { planView } from './plan-view.js';

/** The plan with its ticks, and what there is to read. */
export function planRoutes(app: Hono, own: string, site: Site, locale: Locale): void {
  app.get(`${own}/`, async (context) => {
    const place = placeOf(context, site);
    const t = uiTexts[locale];
    const root = findRoot(site.root);
    if (root === undefined) return context.html(messagePage(place, t.plan, t.noRoot, 'plan init'));
    return context.html(planPage(place, await planView(root)));
  });
  app.post(`${own}/ticks`, async (context) => {
    const { id, is } = await context.req.parseBody();
    const items = resolveItems(loadCurriculum(), [typeof id === 'string' ? id : '']);
    const ids = items.map((item) => item.id);
    const root = requireRoot();
    if (is === 'no') await untickItems(root, ids);
    else await tickItems(root, ids, localDate(new Date()));
    return context.redirect(`${own}/#${ids[0] ?? ''}`, 303);
  });
  app.get(`${own}/katas`, async (context) => {
    const katas = (await listKatas()).map(({ kata }) => kata);
    return context.html(katasPage(placeOf(context, site), katas));
  });
  app.get(`${own}/katas/:id`, async (context) => {
    const id = context.req.param('id');
    if (!hasKata(id)) return context.notFound();
    const shown = Math.max(0, Math.trunc(Number(context.req.query('hints') ?? 0)) || 0);
    const view = await kataView(site.root, await findKata(id), { locale, shown });
    return context.html(kataPage(placeOf(context, site), view));
  });
  app.get(`${own}/notes/:slug`, async (context) => {
    const note = loadNotes().find(({ slug }) => slug === context.req.param('slug'));
    if (!note) return context.notFound();
    const text = await readNote(note, locale);
    return context.html(textPage(placeOf(context, site), labelOf(note, locale), text));
  });
  app.get(`${own}/journal/:kata`, async (context) => {
    const id = context.req.param('kata');
    const text = hasKata(id) ? await journalOf(site.root, id) : undefined;
    if (text === undefined) return context.notFound();
    const title = `${uiTexts[locale].journal}: ${id}`;
    return context.html(textPage(placeOf(context, site), title, foreign(text)));
  });
}
