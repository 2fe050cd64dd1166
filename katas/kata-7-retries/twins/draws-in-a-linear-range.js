// Full jitter over a range that grows by the base each time, and does not double.
import { honest, run } from './twin.mjs';

const base = Number(process.env.PLAN_BASE_MS);
const cap = Number(process.env.PLAN_CAP_MS);
run(honest({ wait: (failed) => Math.random() * Math.min(cap, base * failed) }));
