import type { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { typed } from '../../base/words.js';
import type { Locale } from '../../i18n/text.js';
import { findKata, hasKata } from '../../kata/discover.js';
import { livePage } from '../../report/html/ui/live.js';
import type { LiveState } from '../../report/html/ui/live-state.js';
import { placeOf, type Site } from './place.js';
import { wordsOfForm } from './form-words.js';

/** A run is started, watched while it goes on, and stopped. */
export function liveRoutes(app: Hono, own: string, site: Site, locale: Locale): void {
  const { runs } = site;
  app.post(`${own}/katas/:id/runs`, async (context) => {
    const id = context.req.param('id');
    if (!hasKata(id)) return context.notFound();
    const { running } = runs;
    if (running) return context.redirect(`${own}/live/${running.id}?busy=yes`, 303);
    const { kata } = await findKata(id);
    const words = wordsOfForm(kata, await context.req.parseBody());
    // Somebody else may have been quicker while the form was read.
    const run = runs.running ?? runs.start(id, ['run', id, ...words], locale);
    return context.redirect(`${own}/live/${run.id}`, 303);
  });
  app.get(`${own}/live/:id`, (context) => {
    const run = runs.find(context.req.param('id'));
    if (!run) return context.notFound();
    const { kata, id, words, state } = run;
    const isBusy = context.req.query('busy') !== undefined;
    const told = { typed: `plan ${typed(words)}`, kata, id, state, isBusy };
    return context.html(livePage(placeOf(context, site), told));
  });
  app.post(`${own}/live/:id/stop`, async (context) => {
    const run = runs.find(context.req.param('id'));
    if (!run) return context.notFound();
    await run.stop();
    return context.redirect(`${own}/live/${run.id}`, 303);
  });
  app.get(`${own}/live/:id/events`, (context) => {
    const run = runs.find(context.req.param('id'));
    if (!run) return context.notFound();
    return streamSSE(context, async (stream) => {
      const tell = (state: LiveState): Promise<void> =>
        stream.writeSSE({ event: 'state', data: JSON.stringify(state) });
      await new Promise<void>((resolve) => {
        const done = (): void => {
          forget();
          resolve();
        };
        // The stream ends only behind the last word: what is not written by then is lost.
        const say = (state: LiveState): void =>
          void tell(state).then(() => {
            if (state.status !== 'running') done();
          }, done);
        const forget = run.listen(say);
        stream.onAbort(done);
        say(run.state);
      });
    });
  });
}
