import { Hono } from 'hono';
import { PlanError } from '../../base/errors.js';
import { systemFault } from '../../base/system-fault.js';
import { mainTexts } from '../../i18n/main.js';
import { locales, type Locale } from '../../i18n/text.js';
import { uiTexts } from '../../i18n/ui.js';
import { messagePage } from '../../report/html/ui/shell.js';
import { guard } from './guard.js';
import { liveRoutes } from './live-routes.js';
import { lookRoutes } from './look-routes.js';
import { mysteryRoutes } from './mystery-routes.js';
import { placeOf, type Site } from './place.js';
import { planRoutes } from './plan-routes.js';
import { runRoutes } from './run-routes.js';

/** Every address of the page: `/<secret>/<locale>/…`. */
export function siteOf(site: Site): Hono {
  const app = new Hono();
  const base = `/${site.secret}`;
  app.use(guard(site.secret, site.port));
  app.get(base, (context) => context.redirect(`${base}/${site.locale}/`));
  app.get(`${base}/`, (context) => context.redirect(`${base}/${site.locale}/`));
  app.get(`${base}/assets/live.js`, async (context) =>
    context.body(await site.script(), 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
  for (const locale of locales) {
    const own = `${base}/${locale}`;
    // Before the katas: it is none of the list.
    mysteryRoutes(app, own, site, locale);
    planRoutes(app, own, site, locale);
    liveRoutes(app, own, site, locale);
    runRoutes(app, own, site);
    lookRoutes(app, own, site);
  }
  app.notFound((context) => {
    const place = placeOf(context, site);
    const t = uiTexts[place.locale];
    return context.html(messagePage(place, t.notHere, t.notHereWhat), 404);
  });
  app.onError((error, context) => {
    const place = placeOf(context, site);
    const { what, mend } = faultOf(error, place.locale);
    return context.html(messagePage(place, uiTexts[place.locale].refused, what, mend), 400);
  });
  return app;
}

function faultOf(error: Error, locale: Locale): { what: string; mend?: string | undefined } {
  if (error instanceof PlanError) return { what: error.message, mend: error.mend };
  const system = systemFault(error);
  if (system) return { what: system.message, mend: system.mend };
  const t = mainTexts[locale];
  return { what: `${t.defect} (${error.message})`, mend: t.defectMend };
}
