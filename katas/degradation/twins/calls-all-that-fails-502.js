import { gateway } from './twin.mjs';

// Knows one way to fail.
gateway({
  call: async (make) => ((outcome) => (outcome === 'late' ? 'failed' : outcome))(await make()),
});
