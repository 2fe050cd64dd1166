// A failed attempt looks like any other.
import { worker } from '../../twin.mjs';

await worker({ marks: false });
