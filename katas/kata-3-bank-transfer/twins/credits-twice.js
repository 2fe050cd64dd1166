// Adds the amount to the payee twice.
import { credit, serve, transfer } from './twin.mjs';

serve((wanted) =>
  transfer(wanted, {
    credit: (client, { to, amount }) => credit(client, { to, amount: amount * 2 }),
  }),
);
