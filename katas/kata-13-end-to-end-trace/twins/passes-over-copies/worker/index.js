// A message that is done already is acknowledged, and told of nowhere.
import { worker } from '../../twin.mjs';

await worker({ knowsCopies: true });
