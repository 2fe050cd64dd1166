// Begins with a clean table, every time.
import { honest, pool, run } from './twin.mjs';

await pool.query('TRUNCATE inbox');
run((message, channel) => honest(message, channel));
