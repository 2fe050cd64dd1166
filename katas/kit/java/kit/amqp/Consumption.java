package kit.amqp;

import com.rabbitmq.client.Delivery;

/**
 * What a worker does.
 *
 * @param queue is there already: who declares it with other arguments is refused
 * @param prefetch how many messages are worked on at once, each in a thread of its own
 */
public record Consumption(String url, String queue, int prefetch, Handler handler) {
    /**
     * What it throws means REQUEUE, after a pause. The channel is there to publish. Its thread is
     * interrupted when the worker is to end and this message still is not done: what it throws then
     * means RELEASE.
     */
    @FunctionalInterface
    public interface Handler {
        Verdict handle(Delivery message, ConfirmChannel channel) throws Exception;
    }
}
