// Each message that was done is counted twice.
import { worker } from '../../twin.mjs';

await worker({ counted: 2 });
