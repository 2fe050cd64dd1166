/**
 * A message with a payment.
 *
 * @param id the property message_id: the same for every delivery of the message and every copy
 */
record Received(String id, Payment payment) {}
