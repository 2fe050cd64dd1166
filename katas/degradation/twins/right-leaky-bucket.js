import { gateway } from './twin.mjs';

// The limit as a leaky bucket, places counted by hand.
gateway();
