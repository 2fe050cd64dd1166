/** Dead letters of stored runs: which there are, what is known of each, and sending them again. */
export { logLinesOf } from './log-lines.js';
export { kataOfStored, replayLetters } from './replay.js';
export {
  hasRuns,
  latestLetters,
  lettersOfRun,
  type CaseWithLetters,
  type RunWithLetters,
  type StoredLetter,
} from './stored.js';
