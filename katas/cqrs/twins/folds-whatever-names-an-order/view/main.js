import { readEvent, view } from '../../twin.mjs';

/** What it does not know the name of has changed an order, it seems. */
view({
  read: ({ fields, ...message }) =>
    readEvent({ ...message, fields }) ??
    readEvent({ ...message, fields: { routingKey: 'OrderChanged' } }),
});
