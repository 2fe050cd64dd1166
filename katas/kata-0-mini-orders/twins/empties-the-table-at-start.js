import { pool, serve } from './twin.mjs';

/** Each process begins with a clean table. */
serve({ start: () => pool.query('DELETE FROM orders') });
