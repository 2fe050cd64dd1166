import { channel, transaction } from '../../twin.mjs';
import { order } from '../../twin-order.mjs';

/** Where nobody hears of it now it is as good as not taken, it thinks, and it stays where it is. */
const within = async (work) => {
  const result = await transaction(work);
  if (!channel) throw Object.assign(new Error('the broker is away'), { status: 503 });
  return result;
};

order({}, { within });
