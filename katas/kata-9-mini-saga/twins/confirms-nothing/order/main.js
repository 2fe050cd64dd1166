import { order } from '../../twin-order.mjs';

/** Whoever never confirms has nothing to undo but what it gives up. */
order({ StockReserved: undefined });
