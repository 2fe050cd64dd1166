package kit.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A channel in confirm mode that knows what the broker returned. Any number of threads may use it. */
public final class ConfirmChannel {
    /** A broker that is short of memory or disk confirms nothing, for as long as that lasts. */
    private static final int CONFIRM_SECONDS = 3;

    /** It goes along with each message: what comes back must be told from what is confirmed. */
    private static final String PUBLICATION = "x-publication";

    private static final int PERSISTENT = 2;

    private final Channel channel;
    private final ConcurrentNavigableMap<Long, CompletableFuture<Void>> unconfirmed =
            new ConcurrentSkipListMap<>();

    private ConfirmChannel(Channel channel) {
        this.channel = channel;
    }

    public static ConfirmChannel open(Connection connection) throws IOException {
        Channel opened = connection.createChannel();
        if (opened == null) throw new IOException("the broker opens no more channels");
        ConfirmChannel channel = new ConfirmChannel(opened);
        opened.addReturnListener(channel::noteReturned);
        opened.addConfirmListener(
                (last, all) -> channel.settle(last, all, true),
                (last, all) -> channel.settle(last, all, false));
        opened.addShutdownListener(channel::noteClosed);
        opened.confirmSelect();
        return channel;
    }

    /** Returns once a queue has the message for good. */
    public void publish(Outgoing message) throws IOException, InterruptedException {
        await(send(message), CONFIRM_SECONDS);
    }

    /**
     * Publishes persistent and mandatory. What is returned waits for the broker's word: a confirm alone
     * does not say that it has the message. What no queue takes is confirmed as well, and dropped;
     * mandatory has it returned first.
     */
    CompletableFuture<Void> send(Outgoing message) throws IOException {
        CompletableFuture<Void> confirmed = new CompletableFuture<>();
        // The number and the message must not be parted by another thread's.
        synchronized (this) {
            long number = channel.getNextPublishSeqNo();
            unconfirmed.put(number, confirmed);
            try {
                channel.basicPublish(
                        message.exchange(),
                        message.key(),
                        true,
                        withNumber(message.properties(), number),
                        message.body());
            } catch (AlreadyClosedException | IOException gone) {
                unconfirmed.remove(number);
                throw new NotTaken(gone.toString());
            }
        }
        return confirmed;
    }

    /** @throws NotTaken where the broker says nothing in time */
    static void await(CompletableFuture<Void> confirmed, int seconds)
            throws IOException, InterruptedException {
        try {
            confirmed.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new NotTaken("no confirm within %d seconds".formatted(seconds));
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException why) throw why;
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** Once, and here: a settlement that is no longer possible is none, it is delivered again. */
    void settle(long deliveryTag, Verdict verdict) {
        try {
            switch (verdict) {
                case ACK -> channel.basicAck(deliveryTag, false);
                case RELEASE -> channel.basicNack(deliveryTag, false, true);
                case REQUEUE -> channel.basicReject(deliveryTag, true);
                case DISCARD -> channel.basicReject(deliveryTag, false);
            }
        } catch (IOException | ShutdownSignalException gone) {
            // The channel is gone, and with it the right to settle.
        }
    }

    Channel raw() {
        return channel;
    }

    private static BasicProperties withNumber(BasicProperties properties, long number) {
        Map<String, Object> headers = new HashMap<>();
        if (properties.getHeaders() != null) headers.putAll(properties.getHeaders());
        headers.put(PUBLICATION, number);
        return properties.builder().headers(headers).deliveryMode(PERSISTENT).build();
    }

    private void noteReturned(Return returned) {
        Object number = returned.getProperties().getHeaders().get(PUBLICATION);
        CompletableFuture<Void> confirmed = number instanceof Long n ? unconfirmed.get(n) : null;
        if (confirmed != null) confirmed.completeExceptionally(new Unroutable());
    }

    /** What was returned is confirmed as well, and has failed by then. */
    private void settle(long last, boolean all, boolean isTaken) {
        var settled = all ? unconfirmed.headMap(last, true) : unconfirmed.subMap(last, true, last, true);
        for (CompletableFuture<Void> confirmed : settled.values()) {
            if (isTaken) confirmed.complete(null);
            else confirmed.completeExceptionally(new Refused("the broker refuses the message"));
        }
        settled.clear();
    }

    private void noteClosed(ShutdownSignalException reason) {
        boolean isRefusal =
                reason.getReason() instanceof AMQP.Channel.Close close
                        && close.getReplyCode() == AMQP.PRECONDITION_FAILED;
        for (CompletableFuture<Void> confirmed : unconfirmed.values()) {
            String why = reason.getMessage();
            confirmed.completeExceptionally(isRefusal ? new Refused(why) : new NotTaken(why));
        }
        unconfirmed.clear();
    }
}
