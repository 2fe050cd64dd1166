import { serve } from './twin.mjs';

/** Decodes the path as if it were a form. */
serve({ decode: (text) => new URLSearchParams(`id=${text}`).get('id') });
