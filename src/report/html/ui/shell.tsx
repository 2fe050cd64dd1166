import type { Child } from 'hono/jsx';
import { mysteryTexts } from '../../../i18n/mystery.js';
import { uiTexts } from '../../../i18n/ui.js';
import type { Locale } from '../../../i18n/text.js';
import { document } from '../document.js';

/** Where a page stands among the others. */
export interface Place {
  readonly locale: Locale;
  /** `/<secret>`: what every address begins with. */
  readonly base: string;
  /** Behind base and locale: `katas/kata-4?hints=1`. */
  readonly path: string;
}

export const linkTo = ({ base, locale }: Omit<Place, 'path'>, path: string): string =>
  `${base}/${locale}/${path}`;

/** Every page that is served: what leads elsewhere, then the page itself. */
export function served(place: Place, title: string, children: Child, script?: 'live.js'): string {
  const { base, locale } = place;
  return document({
    ...{ locale, title: `${title} · plan`, children },
    served: {
      nav: <Nav {...place} />,
      script: script === undefined ? undefined : `${base}/assets/${script}`,
    },
  });
}

function Nav(place: Place) {
  const { base, locale, path } = place;
  const t = uiTexts[locale];
  const other: Locale = locale === 'es' ? 'en' : 'es';
  const link = (to: string, name: string, isHere: boolean): Child => (
    <li>
      <a href={linkTo(place, to)} aria-current={isHere ? 'page' : undefined}>
        {name}
      </a>
    </li>
  );
  return (
    <nav class="top" aria-label="plan">
      <ul>
        {link('', t.plan, path === '')}
        {link('katas', t.katas, path.startsWith('katas'))}
        {link('mystery', mysteryTexts[locale].pageTitle, path.startsWith('mystery'))}
        <li class="last">
          <a href={`${base}/${other}/${path}`} lang={other} hreflang={other}>
            {t.otherLanguage}
          </a>
        </li>
      </ul>
    </nav>
  );
}

export function messagePage(place: Place, title: string, what: string, mend?: string): string {
  const t = uiTexts[place.locale];
  return served(
    place,
    title,
    <>
      <h1>{title}</h1>
      <p class="lines">{what}</p>
      {mend !== undefined && (
        <p>
          → <code>{mend}</code>
        </p>
      )}
      <p>
        <a href={linkTo(place, '')}>{t.back}</a>
      </p>
    </>,
  );
}
