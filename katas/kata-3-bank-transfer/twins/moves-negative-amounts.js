// Believes every amount: one below zero takes the money from the payee.
import { serve, transfer } from './twin.mjs';

serve((wanted) => transfer(wanted), {
  isTransfer: ({ from, to, amount }) => from !== to && Number.isInteger(amount),
});
