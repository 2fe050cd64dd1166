// Every seventh buyer waits for ever; nothing is done for them.
import { sell, serve } from './twin.mjs';

let asked = 0;

serve(async (order) => (++asked % 7 === 0 ? undefined : sell(order)));
