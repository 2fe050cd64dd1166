package kit.outbox;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import kit.amqp.Outgoing;
import kit.amqp.Publisher;
import kit.postgres.Postgres;

/** Publishes what is in the outbox until it is stopped, and what fails again. */
public final class Relay implements AutoCloseable {
    /** Between two looks at an outbox with nothing in it, and after one that failed. */
    private static final int IDLE_MS = 100;

    private record Row(long position, Outgoing message) {}

    private final DataSource pool;
    private final Publisher publisher;
    private final Semaphore woken = new Semaphore(0);
    private final Thread running = new Thread(this::run, "relay");
    private volatile boolean isStopping;

    private Relay(DataSource pool, Publisher publisher) {
        this.pool = pool;
        this.publisher = publisher;
    }

    public static Relay start(DataSource pool, String url) {
        Relay relay = new Relay(pool, new Publisher(url));
        relay.running.setDaemon(true);
        relay.running.start();
        return relay;
    }

    /** Something was committed: look now. */
    public void wake() {
        woken.release();
    }

    /** Returns once it looks no more. */
    @Override
    public void close() throws InterruptedException {
        isStopping = true;
        wake();
        running.join();
        publisher.close();
    }

    private void run() {
        try {
            while (!isStopping) {
                woken.drainPermits();
                try {
                    if (turn() > 0) continue;
                } catch (InterruptedException stopping) {
                    throw stopping;
                } catch (Exception failure) {
                    System.err.println("will publish later: " + failure);
                    Thread.sleep(IDLE_MS);
                    continue;
                }
                woken.tryAcquire(IDLE_MS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopping) {
            // It is to end.
        }
    }

    /**
     * Publishes, waits for the confirms, and only then takes the rows away: who dies before that leaves
     * them to be published again, under the same message ids.
     */
    private int turn() throws Exception {
        return Postgres.inTransaction(
                pool,
                tx -> {
                    List<Row> rows = waiting(tx);
                    if (!rows.isEmpty()) {
                        publisher.all(rows.stream().map(Row::message).toList());
                        delete(tx, rows);
                    }
                    return rows.size();
                });
    }

    private static List<Row> waiting(Connection tx) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement query =
                        tx.prepareStatement(
                                "SELECT position, id::text, exchange, key, correlation_id, payload::text"
                                        + " FROM outbox ORDER BY position LIMIT 100"
                                        + " FOR UPDATE SKIP LOCKED");
                ResultSet found = query.executeQuery()) {
            while (found.next()) rows.add(new Row(found.getLong("position"), messageIn(found)));
        }
        return rows;
    }

    private static Outgoing messageIn(ResultSet row) throws SQLException {
        BasicProperties properties =
                new BasicProperties.Builder()
                        .messageId(row.getString("id"))
                        .correlationId(row.getString("correlation_id"))
                        .contentType("application/json")
                        .build();
        byte[] body = row.getString("payload").getBytes(StandardCharsets.UTF_8);
        return new Outgoing(row.getString("exchange"), row.getString("key"), properties, body);
    }

    private static void delete(Connection tx, List<Row> rows) throws SQLException {
        try (PreparedStatement delete =
                tx.prepareStatement("DELETE FROM outbox WHERE position = ANY (?)")) {
            Object[] positions = rows.stream().map(Row::position).toArray();
            delete.setArray(1, tx.createArrayOf("bigint", positions));
            delete.executeUpdate();
        }
    }
}
