import { deadlineMs, giveUpOverdue, order } from '../../twin.mjs';

order({}, { every: () => giveUpOverdue(deadlineMs / 4) });
