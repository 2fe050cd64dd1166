import { order } from '../../twin-order.mjs';

order();
