import { gateway } from './twin.mjs';

// It hangs up itself; whoever works on it does not hear of that.
gateway({ handedOn: () => undefined });
