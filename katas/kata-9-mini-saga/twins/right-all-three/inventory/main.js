import { inventory } from '../../twin.mjs';

inventory();
