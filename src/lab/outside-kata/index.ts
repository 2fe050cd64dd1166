/** Katas that somebody else wrote: found by their folder, bundled, and held against the schema. */
export { authoringPage } from './page.js';
export { badKata, loadOutsideKata } from './load.js';
