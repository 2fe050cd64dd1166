import path from 'node:path';
import { packageRoot } from '../../base/package.js';
import { getLocale } from '../../i18n/text.js';

/** The page for authors of katas, in the learner's language; absolute. */
export function authoringPage(): string {
  const name = getLocale() === 'es' ? 'authoring.es.md' : 'authoring.md';
  return path.join(packageRoot, 'docs', name);
}
