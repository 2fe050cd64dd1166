// No SDK at all.
import { worker } from '../../twin.mjs';

await worker();
