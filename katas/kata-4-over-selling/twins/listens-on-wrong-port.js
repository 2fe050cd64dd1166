// Works, but not where the contract says: whatever port the system gives it.
import { sell, serve } from './twin.mjs';

serve(sell, { port: 0 });
