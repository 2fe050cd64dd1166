import { serveBoth } from './twin.mjs';

// Whole seconds, rounded down.
const rejects = () => ({
  status: 503,
  headers: { 'retry-after': '0' },
  body: { error: 'left alone for a while' },
});
serveBoth(undefined, { rejects });
