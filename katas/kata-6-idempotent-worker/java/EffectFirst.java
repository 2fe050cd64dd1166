import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * dedup-separate in the other order: a crash in between leaves a charge without a mark, and it is
 * charged again.
 */
final class EffectFirst implements Strategy {
    @Override
    public void take(DataSource pool, Received received) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            if (wasSeen(connection, received.id())) return;
            Strategy.charge(connection, received.payment());
            Strategy.markAsSeen(connection, received.id());
        }
    }

    private static boolean wasSeen(Connection on, String messageId) throws SQLException {
        try (PreparedStatement query =
                on.prepareStatement("SELECT FROM inbox WHERE message_id = ?")) {
            query.setString(1, messageId);
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        }
    }
}
