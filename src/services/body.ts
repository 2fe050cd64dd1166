import type { Received } from '../kata/broker.js';

/** A body as it came: parsed where it is JSON, and its text where that would be written otherwise. */
export function bodyOf(text: string): Pick<Received, 'body' | 'rawBody'> {
  const body = parsed(text);
  return JSON.stringify(body) === text ? { body } : { body, rawBody: text };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
