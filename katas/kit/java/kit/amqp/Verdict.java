package kit.amqp;

/**
 * What becomes of a message.
 *
 * <p>RabbitMQ 4.3 and newer tell REQUEUE from RELEASE: a quorum queue counts what is rejected against
 * its delivery limit, and what is nacked (basic.nack) it does not count. Older versions count both.
 * So what failed is rejected, on every version: nacked, it would come again for ever.
 */
public enum Verdict {
    /** Done. */
    ACK,
    /** Failed, and offered again. */
    REQUEUE,
    /** Handed back as it came, not tried. */
    RELEASE,
    /** Given up, to the dead letters if the queue has any. */
    DISCARD
}
