package kit.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;

final class Connections {
    private static final int HEARTBEAT_SECONDS = 10;
    private static final int CLOSE_WITHIN_MS = 1_000;

    private Connections() {}

    /**
     * Connects once. The library's own recovery would tell nobody that nothing comes in meanwhile, and
     * does not know a consumer that the broker has cancelled.
     */
    static Connection open(String url, int withinMs) throws IOException {
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(url);
            factory.setAutomaticRecoveryEnabled(false);
            factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
            factory.setConnectionTimeout(withinMs);
            factory.setHandshakeTimeout(withinMs);
            return factory.newConnection();
        } catch (TimeoutException late) {
            throw new IOException("the broker does not answer", late);
        } catch (URISyntaxException | GeneralSecurityException notUsable) {
            throw new IllegalArgumentException("AMQP_URL is no address of a broker", notUsable);
        }
    }

    /** What was written before is sent before. One that is closed already is no problem. */
    static void close(Connection connection) {
        connection.abort(CLOSE_WITHIN_MS);
    }
}
