/** Skus as they are printed on the box, in capitals or not. */
import { sell, serve } from './twin.mjs';

serve((order) => sell({ ...order, sku: order.sku.toLowerCase() }));
