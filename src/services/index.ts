export { ofThem, processesOf, startServices, type RunningServices } from './start.js';
export type { RunningService } from './types.js';
export type { ServiceOptions } from './ways.js';
export { shareServices } from './share.js';
