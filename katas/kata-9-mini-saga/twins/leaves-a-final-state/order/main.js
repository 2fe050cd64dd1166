import { end, order } from '../../twin-order.mjs';

/** A success is a success, however late. */
order({ StockReserved: (tx, told) => end(tx, told, 'CONFIRMED', null, ['PENDING', 'REJECTED']) });
