import { deadlineMs } from '../../twin.mjs';
import { giveUpOverdue, order } from '../../twin-order.mjs';

order({}, { every: () => giveUpOverdue(deadlineMs / 4) });
