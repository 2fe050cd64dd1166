/** Takes two KiB of headers at most: a long id in other letters than ours is longer than that. */
import { serve } from './twin.mjs';

await serve({ http: { maxHeaderSize: 2_048 } });
