import { gateway } from './twin.mjs';

const ending = new AbortController();
process.prependOnceListener('SIGTERM', () => ending.abort());

// Lets go of the services as it is told to end, so that nothing holds it back.
gateway({ signalOf: (signal) => AbortSignal.any([ending.signal, ...(signal ? [signal] : [])]) });
