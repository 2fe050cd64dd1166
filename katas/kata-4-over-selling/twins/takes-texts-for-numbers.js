/** Whatever JavaScript can read as a number is one: "2" and [1] too. */
import { sell, serve } from './twin.mjs';

const isOrder = ({ quantity }) => Number.isInteger(Number(quantity)) && Number(quantity) >= 1;

serve((order) => sell({ ...order, quantity: Number(order.quantity) }), { isOrder });
