package kit.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** One connection's worth of work. */
final class Session implements AutoCloseable {
    enum End {
        BROKEN,
        CANCELLED
    }

    private static final int CONNECT_WITHIN_MS = 5_000;
    private static final String CONSUMER_TAG = "worker";

    private final Connection connection;
    private final ConfirmChannel channel;
    final CompletableFuture<End> ended = new CompletableFuture<>();

    private Session(Connection connection, ConfirmChannel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    static Session open(Consumption consumption, BiConsumer<Delivery, ConfirmChannel> take)
            throws IOException {
        Connection connection = Connections.open(consumption.url(), CONNECT_WITHIN_MS);
        try {
            Session session = new Session(connection, ConfirmChannel.open(connection));
            session.consume(consumption, take);
            return session;
        } catch (IOException | ShutdownSignalException failure) {
            Connections.close(connection);
            throw failure;
        }
    }

    private void consume(Consumption consumption, BiConsumer<Delivery, ConfirmChannel> take)
            throws IOException {
        channel.raw().basicQos(consumption.prefetch());
        channel.raw()
                .basicConsume(
                        consumption.queue(),
                        false,
                        CONSUMER_TAG,
                        (tag, message) -> take.accept(message, channel),
                        tag -> ended.complete(End.CANCELLED),
                        (tag, reason) -> ended.complete(End.BROKEN));
    }

    /** What comes from now on is not touched; the broker takes it back at the end. */
    void cancel() {
        try {
            channel.raw().basicCancel(CONSUMER_TAG);
        } catch (IOException | ShutdownSignalException gone) {
            // Then nothing comes anyway.
        }
    }

    @Override
    public void close() {
        Connections.close(connection);
    }
}
