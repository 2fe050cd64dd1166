import { inventory } from '../../twin-inventory.mjs';

/** What it has reserved stays so, whatever became of the order. */
inventory({ OrderRejected: undefined });
