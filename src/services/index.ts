export { freshDatabase } from './postgres/fresh.js';
export { freshRedisDatabase } from './redis/fresh.js';
export { ofThem, startServices, type RunningServices } from './start.js';
export type { RunningService } from './types.js';
export { freshVhost } from './rabbitmq/fresh.js';
export type { ServiceOptions } from './ways.js';
export { shareServices } from './share.js';
