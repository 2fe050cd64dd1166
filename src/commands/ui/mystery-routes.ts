import type { Hono } from 'hono';
import type { Locale } from '../../i18n/text.js';
import { mysteryPage, type MysteryPage } from '../../report/html/ui/mystery.js';
import { answerWith, giveUp, takeHint } from '../mystery/acts.js';
import { openDesk } from '../mystery/desk.js';
import { solvedView, viewOf } from '../mystery/views.js';
import { placeOf, type Site } from './place.js';

/** `plan mystery` as a page: begin one, look, take a hint, answer, give up. */
export function mysteryRoutes(app: Hono, own: string, site: Site, locale: Locale): void {
  const { runs } = site;
  const page = `${own}/mystery`;
  app.get(page, async (context) =>
    context.html(mysteryPage(placeOf(context, site), await pageOf(site))),
  );
  // Lists of katas do not know it, but a run of one leads back to its kata.
  app.get(`${own}/katas/mystery`, (context) => context.redirect(page));
  app.post(`${page}/begin`, (context) => {
    const { running } = runs;
    if (running) return context.redirect(`${own}/live/${running.id}?busy=yes`, 303);
    const { id } = runs.start('mystery', ['mystery'], locale);
    return context.redirect(`${own}/live/${id}`, 303);
  });
  app.post(`${page}/hint`, async (context) => {
    await takeHint(await openDesk(site.root));
    return context.redirect(`${page}#hints`, 303);
  });
  app.post(`${page}/answer`, async (context) => {
    const { cause } = await context.req.parseBody();
    await answerWith(await openDesk(site.root), typeof cause === 'string' ? cause : '');
    return context.redirect(page, 303);
  });
  app.post(`${page}/give-up`, async (context) => {
    await giveUp(await openDesk(site.root));
    return context.redirect(page, 303);
  });
}

/** The one that is open; else what the last one was. */
async function pageOf({ root }: Site): Promise<MysteryPage> {
  const desk = await openDesk(root);
  const { open, past } = desk.mysteries;
  if (open !== null && open.run !== null) return { open: await viewOf(desk, open) };
  const last = past.at(-1);
  if (open !== null || last === undefined) return {};
  return { last: await solvedView(desk, last), how: last.outcome === 'found' ? 'right' : 'gaveUp' };
}
