import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Take the payment, then acknowledge. Nothing is lost that way, but between the two lies a moment:
 * whoever crashes in it, or whose acknowledgement never arrives, gets the message again, and charges
 * again. A copy that the publisher sent to be sure is charged, too.
 */
final class Naive implements Strategy {
    @Override
    public void take(DataSource pool, Received received) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            Strategy.charge(connection, received.payment());
        }
    }
}
