import { Breaker, guard, serve } from './twin.mjs';

const breaker = new Breaker();
serve(guard(undefined, { breaker }), guard(undefined, { breaker }));
