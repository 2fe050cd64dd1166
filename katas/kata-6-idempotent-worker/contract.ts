import type { OutgoingMessage } from '../../src/kata/index.js';

export const queue = 'payments';

export interface Payment {
  readonly payment: string;
  readonly account: string;
  readonly amount: number;
}

/**
 * Few accounts and few amounts: many payments look alike and are not the same. Only the id of the
 * message, or that of the payment, tells a copy from a second payment.
 */
export function messageOf(name: string, n: number): OutgoingMessage {
  const body: Payment = {
    payment: `p-${name}`,
    account: `a-${(n % 5) + 1}`,
    amount: 10 * ((n % 3) + 1),
  };
  return { id: `m-${name}`, body };
}

export const paymentOf = (message: OutgoingMessage): Payment => message.body as Payment;
