import { createHash } from 'node:crypto';
import { raw } from 'hono/html';
import type { Child, JSXNode } from 'hono/jsx';
import { pageTexts } from '../../i18n/page.js';
import type { Locale } from '../../i18n/text.js';
import { foreign } from '../view/foreign.js';
import { style } from './style.js';

interface Page {
  readonly locale: Locale;
  readonly title: string;
  /** Of plan, that wrote it. */
  readonly version: string;
  readonly children: Child;
}

/** One file that opens from the disk: no network, no script, and nothing in it can bring either. */
export function document(page: Page): string {
  // Katas from outside have texts of their own, which no record holds.
  return `<!doctype html>\n${foreign(markupOf(<Whole {...page} />))}\n`;
}

function Whole({ locale, title, version, children }: Page) {
  const t = pageTexts[locale];
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        {/* Ours, and without a sign that HTML would read. */}
        <style>{raw(style)}</style>
      </head>
      <body>
        <a class="skip" href="#content">
          {t.skip}
        </a>
        <main id="content">{children}</main>
        <footer>
          <p>{t.footer(version)}</p>
        </footer>
      </body>
    </html>
  );
}

/** No part of it is rendered later, so that it is a text at once. */
const markupOf = (element: unknown): string => (element as JSXNode).toString() as string;

const hash = createHash('sha256').update(style).digest('base64');
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${hash}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
