package kit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import kit.Json;

/**
 * A message that is to leave with what the transaction does, or not at all.
 *
 * @param key the routing key: the name of the message
 * @param body of maps, lists, texts, numbers, booleans and null
 */
public record Post(String exchange, String key, String correlationId, Object body) {
    /** Writes it down in the transaction; the relay publishes it once that is committed. */
    public void write(Connection tx) throws SQLException {
        try (PreparedStatement insert =
                tx.prepareStatement(
                        "INSERT INTO outbox (exchange, key, correlation_id, payload)"
                                + " VALUES (?, ?, ?, ?::jsonb)")) {
            insert.setString(1, exchange);
            insert.setString(2, key);
            insert.setString(3, correlationId);
            insert.setString(4, Json.write(body));
            insert.executeUpdate();
        }
    }
}
