export { startServices, type RunningServices } from './choose.js';
export { freshDatabase } from './databases.js';
export type { RunningService } from './types.js';
