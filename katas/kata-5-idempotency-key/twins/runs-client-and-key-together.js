// Client and key are one text without a border: c-1 with key 1-x is c-11 with key -x.
import { charge, payWith, serve } from './twin.mjs';

const pay = payWith({
  charge: (tx, { payer, ...payment }) => charge(tx, { ...payment, client: payer }),
});
serve({
  pay: ({ client, key, ...rest }) => pay({ ...rest, client: '', key: client + key, payer: client }),
});
