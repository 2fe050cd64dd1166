import java.util.concurrent.locks.ReentrantLock;

/**
 * One lock an account. Whoever wants to read and write its balance waits until nobody else is
 * between the two. Other accounts don't wait: each has a lock of its own.
 *
 * <p>A synchronized block does the same. ReentrantLock is here because a virtual thread that waits
 * in synchronized keeps its carrier thread busy before JDK 24.
 */
final class Lock implements Bank {
    private static final class Account {
        final ReentrantLock lock = new ReentrantLock();
        long balance;
    }

    private final Accounts<Account> accounts = new Accounts<>(Account::new);
    private final Think think;

    Lock(Think think) {
        this.think = think;
    }

    @Override
    public Outcome change(String name, long amount) throws InterruptedException {
        Account account = accounts.find(name);
        account.lock.lock();
        try {
            long balance = account.balance;
            think.think();
            Outcome outcome = Bank.decide(balance, amount);
            account.balance = outcome.balance();
            return outcome;
        } finally {
            // Also where something threw: a lock that is never given back stops the account for ever.
            account.lock.unlock();
        }
    }

    /** Locks as well: only then is it sure to see what the thread before has written. */
    @Override
    public long balanceOf(String name) {
        Account account = accounts.find(name);
        account.lock.lock();
        try {
            return account.balance;
        } finally {
            account.lock.unlock();
        }
    }
}
