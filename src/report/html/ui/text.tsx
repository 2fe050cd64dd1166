import { Markdown } from '../markdown.js';
import { served, type Place } from './shell.js';

/** A note, or a page of the journal. */
export function textPage(place: Place, title: string, markdown: string): string {
  return served(
    place,
    title,
    <>
      <h1>{title}</h1>
      <Markdown text={markdown.replace(/^# .*\n/, '')} />
    </>,
  );
}
