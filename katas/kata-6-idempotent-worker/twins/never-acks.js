// Takes every payment, once; never acknowledges one.
import { run, takeOnce } from './twin.mjs';

run((message) => takeOnce(message).catch((error) => console.error(error.message)), { prefetch: 0 });
