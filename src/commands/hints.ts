import { showTexts } from '../i18n/show.js';
import { getLocale, texts } from '../i18n/text.js';
import { readBrief } from '../kata/brief.js';
import type { KataOnDisk } from '../kata/discover.js';
import { print } from '../report/terminal/output.js';
import { showHint } from '../report/terminal/show.js';

/** Shows the kata's first hint, and each time that it is asked one more; the last again and again. */
export function hintsOf(found: KataOnDisk): () => Promise<void> {
  let shown = 0;
  return async () => {
    const brief = await readBrief(found.folder, getLocale());
    const hints = brief?.hints ?? [];
    shown = Math.min(shown + 1, hints.length);
    if (shown === 0) print(texts(showTexts).noHints);
    else showHint(getLocale(), found, hints, shown);
  };
}
