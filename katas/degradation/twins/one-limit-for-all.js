import { gateway } from './twin.mjs';

// One bucket, whoever asks.
gateway({ clientOf: () => 'all' });
