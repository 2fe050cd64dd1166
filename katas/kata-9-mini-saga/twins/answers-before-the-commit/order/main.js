import { transaction } from '../../twin.mjs';
import { order } from '../../twin-order.mjs';

/** Every statement went well: what should go wrong with a COMMIT? */
const within = (work) =>
  new Promise((resolve, reject) => {
    const all = transaction(async (tx) => resolve(await work(tx)));
    all.catch(reject);
  });

order({}, { within });
