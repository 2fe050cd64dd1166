// The worker passes over the context of the message.
import { worker } from '../../twin.mjs';

await worker({ parent: () => undefined });
