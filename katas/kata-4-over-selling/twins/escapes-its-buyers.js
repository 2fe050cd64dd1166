/** Writes names for a web page into the table: fine for letters and digits. */
import { sell, serve } from './twin.mjs';

serve((order) => sell({ ...order, buyer: encodeURIComponent(order.buyer) }));
