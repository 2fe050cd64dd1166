// basic.qos goes out on the first connection; to the next the broker hands all that there is.
import { honest, run } from './twin.mjs';

await run((message, channel) => honest(message, channel), { qosOnce: true });
