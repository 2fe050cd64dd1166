import type { Context } from 'hono';
import { locales, type Locale } from '../../i18n/text.js';
import type { Place } from '../../report/html/ui/shell.js';
import type { LiveRuns } from './live-runs.js';

export interface Site {
  /** Of the learner, or where results go without one. */
  readonly root: string;
  readonly secret: string;
  readonly locale: Locale;
  readonly runs: LiveRuns;
  /** Of the browser's part, as it was built. */
  readonly script: () => Promise<string>;
  readonly port: () => number;
}

/** What the address says of where it is. */
export function placeOf({ req }: Context, { secret, locale }: Site): Place {
  const [, , said = '', ...rest] = req.path.split('/');
  const known = locales.find((one) => one === said);
  const query = req.method === 'GET' ? new URL(req.url).search : '';
  return {
    base: `/${secret}`,
    locale: known ?? locale,
    path:
      req.method === 'GET' ? `${rest.map(decoded).map(encodeURIComponent).join('/')}${query}` : '',
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
