import { guard, serve } from './twin.mjs';

// Told to end, it waits for connections on which nothing was ever sent.
serve(guard(), guard(), { waitsForSilent: true });
