import { pool, view } from '../../twin.mjs';

/** No more questions come; whoever still waits for an answer is forgotten. */
process.on('SIGTERM', () => void pool.end());

view();
