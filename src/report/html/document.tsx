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
  /** Of plan, that wrote it as a file. */
  readonly version?: string;
  /** Of a page that is served, whose policy is in its head of HTTP. */
  readonly served?: { readonly nav: Child; readonly script?: string | undefined };
  readonly children: Child;
}

/** One file that opens from the disk: no network, no script, and nothing in it can bring either. */
export function document(page: Page): string {
  // Katas from outside have texts of their own, which no record holds.
  return `<!doctype html>\n${foreign(markupOf(<Whole {...page} />))}\n`;
}

function Whole({ locale, title, version, served, children }: Page) {
  const t = pageTexts[locale];
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        {!served && <meta http-equiv="Content-Security-Policy" content={policy} />}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content={served ? 'same-origin' : 'no-referrer'} />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        {/* Ours, and without a sign that HTML would read. */}
        <style>{raw(style)}</style>
        {served?.script !== undefined && <script src={served.script} defer />}
      </head>
      <body>
        <a class="skip" href="#content">
          {t.skip}
        </a>
        {served?.nav}
        <main id="content">{children}</main>
        {version !== undefined && (
          <footer>
            <p>{t.footer(version)}</p>
          </footer>
        )}
      </body>
    </html>
  );
}

/** No part of it is rendered later, so that it is a text at once. */
const markupOf = (element: unknown): string => (element as JSXNode).toString() as string;

const hash = createHash('sha256').update(style).digest('base64');

/** What allows the style of every page, and no other. */
export const stylePolicy = `style-src 'sha256-${hash}'`;

const policy = [
  "default-src 'none'",
  stylePolicy,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
