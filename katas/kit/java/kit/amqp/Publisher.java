package kit.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Publishes with confirms, and connects again once the connection has broken. */
public final class Publisher implements AutoCloseable {
    /** How long a connection, or the confirms of one batch, may take. */
    private static final int PATIENCE_SECONDS = 1;

    private final String url;
    private Connection connection;
    private ConfirmChannel channel;

    /** It connects when there is something to publish. */
    public Publisher(String url) {
        this.url = url;
    }

    /**
     * In this order; returns once a queue has every one of them for good. What no queue takes is not
     * published: whoever is to hear it may come back, and the outbox keeps it until then.
     *
     * @throws Refused where the broker is there and says no to one of them
     */
    public synchronized void all(List<Outgoing> messages) throws IOException, InterruptedException {
        try {
            open();
            List<CompletableFuture<Void>> sent = new ArrayList<>();
            for (Outgoing message : messages) sent.add(channel.send(message));
            var all = CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
            ConfirmChannel.await(all, PATIENCE_SECONDS);
        } catch (IOException | ShutdownSignalException failure) {
            // What was not confirmed in time may still be: this connection is not to be used any more.
            close();
            throw failure;
        }
    }

    @Override
    public synchronized void close() {
        if (connection != null) Connections.close(connection);
        connection = null;
        channel = null;
    }

    private void open() throws IOException {
        if (channel != null && channel.raw().isOpen()) return;
        close();
        connection = Connections.open(url, PATIENCE_SECONDS * 1_000);
        channel = ConfirmChannel.open(connection);
    }
}
