import { order, take } from '../../twin-order.mjs';

const texts = new Map();

/** Who asks again with other spaces asks for something else. */
order(
  {},
  {
    taking(tx, told, text) {
      const before = texts.get(told.order) ?? text;
      texts.set(told.order, before);
      return before === text ? take(tx, told) : undefined;
    },
  },
);
