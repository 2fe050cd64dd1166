// The span of the statement ends as it is sent.
import { worker } from '../../twin.mjs';

await worker({ awaits: false });
