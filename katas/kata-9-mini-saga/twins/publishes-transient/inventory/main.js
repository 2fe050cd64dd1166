import { relay } from '../../twin.mjs';
import { inventory } from '../../twin-inventory.mjs';

inventory({}, { relays: () => relay(() => ({ persistent: false })) });
