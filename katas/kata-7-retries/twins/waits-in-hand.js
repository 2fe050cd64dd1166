// Sleeps with the message in hand: so many of them, and nobody else is served.
import { patient, run } from './twin.mjs';

run(patient());
