import { serve } from './twin.mjs';

/** Nobody decodes what stands in the path. */
serve({ decode: (text) => text });
