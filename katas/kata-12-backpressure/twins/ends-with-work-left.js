// Ends at SIGTERM with jobs that nobody else knows of.
import { reject, run } from './twin.mjs';

run(reject, { finish: () => Promise.resolve() });
