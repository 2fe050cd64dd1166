import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** One way to take a payment. The message is acknowledged once it returns, and not before. */
@FunctionalInterface
interface Strategy {
    void take(DataSource pool, Received received) throws Exception;

    static void charge(Connection on, Payment payment) throws SQLException {
        try (PreparedStatement insert =
                on.prepareStatement(
                        "INSERT INTO charges (payment, account, amount) VALUES (?, ?, ?)")) {
            insert.setString(1, payment.payment());
            insert.setString(2, payment.account());
            insert.setInt(3, payment.amount());
            insert.executeUpdate();
        }
    }

    /** Whether it is there for the first time. */
    static boolean markAsSeen(Connection on, String messageId) throws SQLException {
        try (PreparedStatement insert =
                on.prepareStatement("INSERT INTO inbox (message_id) VALUES (?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, messageId);
            return insert.executeUpdate() == 1;
        }
    }
}
