export { startServices, type RunningServices, type ServiceOptions } from './choose.js';
export { freshDatabase } from './databases.js';
export type { RunningService } from './types.js';
