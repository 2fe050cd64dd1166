// Begins with clean tables, every time: what a worker before it took is forgotten.
import { honest, pool, run } from './twin.mjs';

await pool.query('TRUNCATE charges');
run((message, channel) => honest(message, channel));
