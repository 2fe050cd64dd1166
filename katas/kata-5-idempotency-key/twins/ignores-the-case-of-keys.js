// Takes K-1 and k-1 for the same key, as a column with a collation without case does.
import { honest, serve } from './twin.mjs';

serve({ keyOf: (header) => honest.keyOf(header)?.toLowerCase() });
