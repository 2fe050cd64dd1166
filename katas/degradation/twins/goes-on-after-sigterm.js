import { gateway } from './twin.mjs';

// As where a load balancer hears late of an end: two seconds more it takes whoever comes.
gateway({ lingersMs: 2_000 });
