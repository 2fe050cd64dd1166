/** One way to keep balances. */
interface Bank {
    /** What became of a deposit or a withdrawal, and the balance after it. */
    record Outcome(boolean done, long balance) {}

    /** The time that a real bank spends between reading and writing (limits, fraud, …). */
    @FunctionalInterface
    interface Think {
        void think() throws InterruptedException;
    }

    /**
     * Deposits or withdraws.
     *
     * @param amount more than 0 for a deposit, less than 0 for a withdrawal
     */
    Outcome change(String account, long amount) throws Exception;

    long balanceOf(String account) throws Exception;

    /** The rule of the bank, the same in every strategy: nobody takes what is not there. */
    static Outcome decide(long balance, long amount) {
        long after = balance + amount;
        return after < 0 ? new Outcome(false, balance) : new Outcome(true, after);
    }
}
