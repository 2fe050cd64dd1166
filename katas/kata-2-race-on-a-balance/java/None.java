/**
 * Reads, thinks, writes. Every request has a thread, so two of them read the same balance, and
 * whoever writes last wipes out what the other wrote.
 *
 * <p>Making the field volatile would not help: then every thread sees the newest balance when it
 * reads, and it is old all the same by the time of the write.
 */
final class None implements Bank {
    private static final class Account {
        long balance;
    }

    private final Accounts<Account> accounts = new Accounts<>(Account::new);
    private final Think think;

    None(Think think) {
        this.think = think;
    }

    @Override
    public Outcome change(String name, long amount) throws InterruptedException {
        Account account = accounts.find(name);
        long balance = account.balance;

        think.think();

        // What was read is old by now.
        Outcome outcome = Bank.decide(balance, amount);
        if (outcome.done()) account.balance = outcome.balance();
        return outcome;
    }

    @Override
    public long balanceOf(String name) {
        return accounts.find(name).balance;
    }
}
