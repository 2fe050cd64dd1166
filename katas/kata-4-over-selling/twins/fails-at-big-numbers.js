/** Takes any whole number to the database, whose integer ends at 2^31 − 1. */
import { sell, serve } from './twin.mjs';

const failed = { status: 500, body: { error: 'internal error' } };

serve((order) => sell(order).catch(() => failed), { mostUnits: Infinity });
