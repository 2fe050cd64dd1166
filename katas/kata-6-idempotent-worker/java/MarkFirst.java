import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * dedup-separate: the right two statements, each in a transaction of its own. Whoever crashes between
 * them has marked a payment that was never taken: the next delivery is taken for a copy, and it is
 * lost.
 */
final class MarkFirst implements Strategy {
    @Override
    public void take(DataSource pool, Received received) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            if (Strategy.markAsSeen(connection, received.id())) {
                Strategy.charge(connection, received.payment());
            }
        }
    }
}
