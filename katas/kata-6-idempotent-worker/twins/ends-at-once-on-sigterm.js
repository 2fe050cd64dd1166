// Told to stop, it stops: what it has in hand will come again, to somebody else.
import { consume, honest, live } from './twin.mjs';

await consume(honest);
live(() => undefined);
