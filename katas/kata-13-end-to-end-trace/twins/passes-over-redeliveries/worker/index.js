// What comes again has no span.
import { worker } from '../../twin.mjs';

await worker({ spans: ({ fields }) => !fields.redelivered });
