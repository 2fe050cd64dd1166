import javax.sql.DataSource;
import kit.postgres.Postgres;

/**
 * The inbox: that the message was seen and what it did are written in one transaction, so that there
 * is no moment in which one is true and the other is not. A second delivery at the same time waits for
 * the first at the primary key of the inbox, and then finds its row.
 */
final class DedupTable implements Strategy {
    @Override
    public void take(DataSource pool, Received received) throws Exception {
        Postgres.inTransaction(
                pool,
                tx -> {
                    if (Strategy.markAsSeen(tx, received.id())) {
                        Strategy.charge(tx, received.payment());
                    }
                    return null;
                });
    }
}
