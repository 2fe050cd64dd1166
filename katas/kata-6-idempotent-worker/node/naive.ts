import { charge, type Strategy } from './payments.js';

/**
 * Take the payment, then acknowledge. Nothing is lost that way, but between the two lies a moment:
 * whoever crashes in it, or whose acknowledgement never arrives, gets the message again, and
 * charges again. A copy that the publisher sent to be sure is charged, too.
 */
export const naive: Strategy = (pool, { payment }) => charge(pool, payment);
