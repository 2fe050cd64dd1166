package kit.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** What the Java implementations with a database share: a warm pool, and transactions. */
public final class Postgres {
    public static final int POOL_SIZE = 20;
    private static final long OPEN_WITHIN_MS = 10_000;

    /**
     * How long to wait for a free connection. Without a limit a database that is away, or one slow query
     * in all of them, lets requests pile up for ever. A service of your own waits less than its callers
     * do; some experiments let a crowd stand in line for most of a minute.
     */
    private static final long WAIT_AT_MOST_MS = TimeUnit.MINUTES.toMillis(1);

    /** What a transaction does; it may tell something of it. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection tx) throws Exception;
    }

    private Postgres() {}

    /**
     * Opens every connection at once, so that no measured request pays for opening one. A statement
     * outside of a transaction is one of its own.
     *
     * @param url as DATABASE_URL has it: postgres://user:password@host:port/database
     */
    public static HikariDataSource openPool(String url, int size) {
        System.setProperty("com.zaxxer.hikari.blockUntilFilled", "true");
        URI place = URI.create(url);
        String[] user = place.getUserInfo().split(":", 2);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                "jdbc:postgresql://%s:%d%s"
                        .formatted(place.getHost(), place.getPort(), place.getPath()));
        config.setUsername(user[0]);
        if (user.length > 1) config.setPassword(user[1]);
        config.setMinimumIdle(size);
        config.setMaximumPoolSize(size);
        config.setInitializationFailTimeout(OPEN_WITHIN_MS);
        config.setConnectionTimeout(WAIT_AT_MOST_MS);
        return new HikariDataSource(config);
    }

    /** Commits what the work did, or rolls all of it back when that throws. */
    public static <T> T inTransaction(DataSource pool, Work<T> work) throws Exception {
        try (Connection tx = pool.getConnection()) {
            tx.setAutoCommit(false);
            try {
                T result = work.on(tx);
                tx.commit();
                return result;
            } catch (Exception failure) {
                rollBack(tx);
                throw failure;
            }
        }
    }

    /** A connection that can't even roll back is closed by the pool: its transaction ends with it. */
    private static void rollBack(Connection tx) {
        try {
            tx.rollback();
        } catch (SQLException gone) {
            // What went wrong before counts.
        }
    }
}
