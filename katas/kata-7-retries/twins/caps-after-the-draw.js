// Draws first and caps then: many of the last waits are the cap itself.
import { honest, run } from './twin.mjs';

const base = Number(process.env.PLAN_BASE_MS);
const cap = Number(process.env.PLAN_CAP_MS);
run(honest({ wait: (failed) => Math.min(cap, Math.random() * base * 2 ** (failed - 1)) }));
