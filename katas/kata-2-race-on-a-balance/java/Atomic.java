import java.util.concurrent.atomic.AtomicLong;

/**
 * Thinks first, then reads, decides, and writes only if the balance is still the one that was read.
 * The processor does the comparing and the writing in one instruction. Whoever comes second starts
 * over, which costs nanoseconds, since the thinking is done.
 *
 * <p>Nobody waits for anybody. The price: what the thinking finds out must not depend on the
 * balance, and the whole state must fit in one word.
 */
final class Atomic implements Bank {
    private final Accounts<AtomicLong> accounts = new Accounts<>(AtomicLong::new);
    private final Think think;

    Atomic(Think think) {
        this.think = think;
    }

    @Override
    public Outcome change(String name, long amount) throws InterruptedException {
        AtomicLong account = accounts.find(name);
        think.think();

        while (true) {
            long balance = account.get();
            Outcome outcome = Bank.decide(balance, amount);
            if (!outcome.done() || account.compareAndSet(balance, outcome.balance())) return outcome;
        }
    }

    @Override
    public long balanceOf(String name) {
        return accounts.find(name).get();
    }
}
