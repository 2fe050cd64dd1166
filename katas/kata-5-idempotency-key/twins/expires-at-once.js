// Takes the milliseconds for nanoseconds.
import { honest, serve } from './twin.mjs';

serve({ ttlMs: honest.ttlMs / 1e6 / 1e6 });
