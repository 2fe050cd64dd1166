import { read } from '../../twin.mjs';
import { inventory } from '../../twin-inventory.mjs';

/** A field that it does not know makes the message unreadable. */
const fields = ['order', 'customer', 'sku', 'quantity', 'amount', 'reason'];

inventory(
  {},
  {
    reading(text) {
      const told = read(text);
      const stranger = Object.keys(JSON.parse(text)).find((name) => !fields.includes(name));
      if (stranger) throw new Error(`no message has the field ${stranger}`);
      return told;
    },
  },
);
