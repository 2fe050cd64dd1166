/** The programs under test: find, hash, build, start, watch and stop them. */
export { buildImplementation } from './build.js';
export { OwnBuilds } from './own-builds.js';
export { resolveImplementation } from './resolve.js';
export { findStrategySource } from './snippet.js';
export { startProgram } from './start.js';
export { watchSources } from './watch-sources.js';
export type { Built, Implementation, RunningProgram, UnhealthyReason } from './types.js';
export { logLines } from './log-lines.js';
export { BoundedLog } from './bounded-log.js';
