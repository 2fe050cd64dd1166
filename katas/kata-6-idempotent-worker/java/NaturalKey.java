import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * No table of messages: the effect itself can exist only once, because a payment has an id of its own
 * and the database holds it unique. The shortest cure, where the effect has such a key.
 */
final class NaturalKey implements Strategy {
    private static final String CHARGE =
            "INSERT INTO charges (payment, account, amount, natural_key) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (natural_key) DO NOTHING";

    @Override
    public void take(DataSource pool, Received received) throws SQLException {
        Payment taken = received.payment();
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(CHARGE)) {
            insert.setString(1, taken.payment());
            insert.setString(2, taken.account());
            insert.setInt(3, taken.amount());
            insert.setString(4, taken.payment());
            insert.executeUpdate();
        }
    }
}
