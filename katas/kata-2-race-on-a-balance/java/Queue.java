import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One owner an account: a thread that nobody else shares the balance with. Others hand it a task and
 * wait for the answer; it takes one at a time, so it needs no lock. The wait is a queue that can be
 * seen, measured and bounded.
 */
final class Queue implements Bank {
    /** An owner without work gives its thread back: there may be ten thousand accounts. */
    private static final long IDLE_MS = 100;

    private static final class Owner {
        private final ThreadPoolExecutor thread =
                new ThreadPoolExecutor(
                        1, 1, IDLE_MS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>());

        /** Only tasks of this owner touch it. */
        private long balance;

        Owner() {
            thread.allowCoreThreadTimeOut(true);
        }

        Outcome ask(long amount, Think think) throws Exception {
            return thread.submit(() -> handle(amount, think)).get();
        }

        private Outcome handle(long amount, Think think) throws InterruptedException {
            if (amount != 0) think.think();
            Outcome outcome = Bank.decide(balance, amount);
            balance = outcome.balance();
            return outcome;
        }
    }

    private final Accounts<Owner> owners = new Accounts<>(Owner::new);
    private final Think think;

    Queue(Think think) {
        this.think = think;
    }

    @Override
    public Outcome change(String name, long amount) throws Exception {
        return owners.find(name).ask(amount, think);
    }

    /** A read is a task too: it sees what was written before it, and nothing half done. */
    @Override
    public long balanceOf(String name) throws Exception {
        return owners.find(name).ask(0, think).balance();
    }
}
