import { deadlineMs } from '../../twin.mjs';
import { order } from '../../twin-order.mjs';

/** Nobody is to wait for the next look to hear that it is over. */
const shows = ({ ageMs, ...found }) =>
  found.status === 'PENDING' && ageMs > deadlineMs
    ? { ...found, status: 'REJECTED', reason: 'deadline' }
    : found;

order({}, { shows });
