// In process, but with as many hands as there are messages: nobody waits for anybody.
import { patient, run } from './twin.mjs';

run(patient(), { hands: 0 });
