package kit.inbox;

import com.rabbitmq.client.Delivery;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import kit.amqp.ConfirmChannel;
import kit.amqp.Consumption;
import kit.amqp.Verdict;
import kit.amqp.Worker;
import kit.postgres.Postgres;

/**
 * Consumes a queue so that each message has its effect once, however often it comes.
 *
 * @param reactions by routing key. A message of any other name is none of this service's business
 * @param read leaves alone the fields that it does not know; throws IllegalArgumentException where the
 *     body is no such message
 * @param keyOf messages with the same key wait for each other
 * @param onCommitted there may be something to publish
 */
public record Inbox<B>(
        String url,
        DataSource pool,
        String queue,
        Map<String, Reaction<B>> reactions,
        Function<String, B> read,
        Function<B, String> keyOf,
        Runnable onCommitted) {
    private static final int PREFETCH = 20;

    /** What a message of one name does, in the transaction that also remembers the message. */
    @FunctionalInterface
    public interface Reaction<B> {
        void to(B body, Connection tx) throws Exception;
    }

    /** Returns once it consumes. */
    public Worker open() throws InterruptedException {
        return Worker.start(new Consumption(url, queue, PREFETCH, this::handle));
    }

    private Verdict handle(Delivery message, ConfirmChannel channel) throws Exception {
        Reaction<B> reaction = reactions.get(message.getEnvelope().getRoutingKey());
        if (reaction == null) return Verdict.ACK;
        String id = message.getProperties().getMessageId();
        B body;
        try {
            body = readable(id, message.getBody());
        } catch (IllegalArgumentException unreadable) {
            // It will be no more readable the next time.
            System.err.println("message " + id + " is given up: " + unreadable.getMessage());
            return Verdict.DISCARD;
        }
        Postgres.inTransaction(
                pool,
                tx -> {
                    lockKey(tx, keyOf.apply(body));
                    if (isNew(tx, id)) reaction.to(body, tx);
                    return null;
                });
        onCommitted.run();
        return Verdict.ACK;
    }

    private B readable(String id, byte[] body) {
        // All that have none would be taken for one another.
        if (id == null || id.isEmpty()) throw new IllegalArgumentException("there is no message_id");
        return read.apply(new String(body, StandardCharsets.UTF_8));
    }

    /** Until the transaction ends: two messages about one order must not pass each other half way. */
    public static void lockKey(Connection tx, String key) throws SQLException {
        try (PreparedStatement lock =
                tx.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, key);
            lock.execute();
        }
    }

    private static boolean isNew(Connection tx, String messageId) throws SQLException {
        try (PreparedStatement mark =
                tx.prepareStatement("INSERT INTO inbox (message_id) VALUES (?) ON CONFLICT DO NOTHING")) {
            mark.setString(1, messageId);
            return mark.executeUpdate() == 1;
        }
    }
}
