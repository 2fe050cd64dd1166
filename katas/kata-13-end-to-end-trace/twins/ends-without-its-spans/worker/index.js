// What is in hand at SIGTERM is never sent.
import { worker } from '../../twin.mjs';

await worker({ ends: () => undefined });
