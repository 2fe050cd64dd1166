package kit.amqp;

import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Consumes until it is stopped, and goes on after a broken connection. */
public final class Worker implements AutoCloseable {
    /** The broker may restart: the first attempts come fast, and none comes later than the longest. */
    private static final int FIRST_PAUSE_MS = 50;

    private static final int LONGEST_PAUSE_MS = 1_000;

    /** A message that failed is not offered again at once: whatever failed needs a moment, too. */
    private static final int REQUEUE_PAUSE_MS = 100;

    /** The contract gives five seconds from SIGTERM to the end. */
    private static final int FINISH_WITHIN_MS = 3_000;

    private static final int HURRY_WITHIN_MS = 500;

    private static final int MOST_UNDER_WAY = 1_000_000;

    private final Consumption consumption;

    /** Of broken connections, too: what has begun is finished. */
    private final ExecutorService hands = Executors.newCachedThreadPool();

    /** Every message that is under way holds one permit. */
    private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);

    private final Thread living = new Thread(this::live, "worker");
    private volatile Session session;
    private volatile boolean isStopping;

    private Worker(Consumption consumption) {
        this.consumption = consumption;
    }

    /** Returns once it consumes. */
    public static Worker start(Consumption consumption) throws InterruptedException {
        Worker worker = new Worker(consumption);
        worker.session = worker.openPatiently();
        worker.living.setDaemon(true);
        worker.living.start();
        return worker;
    }

    /** False while nothing comes in: the broker is away, or has cancelled the consumer. */
    public boolean isConsuming() {
        Session current = session;
        return current != null && !current.ended.isDone();
    }

    /** Takes no more messages, finishes and settles those that it has, and closes. */
    @Override
    public void close() throws InterruptedException {
        isStopping = true;
        living.interrupt();
        Session last = session;
        if (last != null) last.cancel();
        if (!finished(FINISH_WITHIN_MS)) {
            hands.shutdownNow();
            finished(HURRY_WITHIN_MS);
        }
        hands.shutdownNow();
        if (last != null) last.close();
    }

    private void live() {
        try {
            while (!isStopping) {
                if (session.ended.get() == Session.End.BROKEN) {
                    log("the connection to the broker broke");
                } else {
                    // As it does where the queue is deleted or moves to another node. What is in hand
                    // can still be settled here.
                    log("the broker cancelled the consumer");
                    awaitHands();
                }
                session.close();
                session = openPatiently();
            }
        } catch (InterruptedException stopping) {
            // It is to end.
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Tries until the broker is there and its queue is consumed. */
    private Session openPatiently() throws InterruptedException {
        for (int pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
            try {
                return Session.open(consumption, this::take);
            } catch (IOException | ShutdownSignalException notYet) {
                log("the broker is not there yet: " + notYet);
                Thread.sleep(pauseMs);
            }
        }
    }

    private void take(Delivery message, ConfirmChannel channel) {
        if (isStopping) return;
        underWay.acquireUninterruptibly();
        hands.execute(
                () -> {
                    try {
                        channel.settle(
                                message.getEnvelope().getDeliveryTag(), verdictOn(message, channel));
                    } finally {
                        underWay.release();
                    }
                });
    }

    private Verdict verdictOn(Delivery message, ConfirmChannel channel) {
        try {
            return consumption.handler().handle(message, channel);
        } catch (Exception failure) {
            log("message %s failed and is offered again: %s"
                            .formatted(message.getProperties().getMessageId(), failure));
            if (hands.isShutdown()) return Verdict.RELEASE;
        }
        try {
            Thread.sleep(REQUEUE_PAUSE_MS);
            return Verdict.REQUEUE;
        } catch (InterruptedException hurry) {
            return Verdict.RELEASE;
        }
    }

    private void awaitHands() throws InterruptedException {
        while (!finished(LONGEST_PAUSE_MS)) {
            // Its channel is still there for as long as that takes.
        }
    }

    private boolean finished(int withinMs) throws InterruptedException {
        boolean all = underWay.tryAcquire(MOST_UNDER_WAY, withinMs, TimeUnit.MILLISECONDS);
        if (all) underWay.release(MOST_UNDER_WAY);
        return all;
    }

    private static void log(String what) {
        System.err.println(what);
    }
}
