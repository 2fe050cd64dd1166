export { freshDatabase } from './databases.js';
export { freshRedisDatabase } from './redis-databases.js';
export { ofThem, startServices, type RunningServices } from './start.js';
export type { RunningService } from './types.js';
export { freshVhost } from './vhosts.js';
export type { ServiceOptions } from './ways.js';
export { shareServices } from './share.js';
