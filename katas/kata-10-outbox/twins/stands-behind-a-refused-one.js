import { serve } from './twin.mjs';

// Right until one event is refused each time: everybody stands behind it.
serve();
