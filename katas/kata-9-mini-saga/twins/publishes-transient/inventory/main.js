import { inventory, relay } from '../../twin.mjs';

inventory({}, { relays: () => relay(() => ({ persistent: false })) });
