export { startServices, type RunningServices } from './choose.js';
export { freshDatabase, type FreshDatabase } from './databases.js';
export type { RunningService } from './types.js';
