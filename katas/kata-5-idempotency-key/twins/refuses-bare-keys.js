// A key without quotes is no key.
import { honest, serve } from './twin.mjs';

serve({ keyOf: (header) => (header?.startsWith('"') ? honest.keyOf(header) : undefined) });
