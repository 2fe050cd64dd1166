// One message in hand; what waits lies in delay queues.
import { honest, run } from './twin.mjs';

run(honest(), { hands: 1 });
