import { inventory } from '../../twin-inventory.mjs';

inventory();
