import { readEvent, view } from '../../twin.mjs';

const fields = new Set(['order', 'version', 'customer', 'amount']);

view({
  read(message) {
    const event = readEvent(message);
    const told = event ? Object.keys(JSON.parse(message.content.toString())) : [];
    return told.every((field) => fields.has(field)) && event;
  },
});
