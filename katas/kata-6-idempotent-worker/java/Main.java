import com.rabbitmq.client.Delivery;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import kit.Environment;
import kit.Health;
import kit.Routes;
import kit.Service;
import kit.amqp.Consumption;
import kit.amqp.Verdict;
import kit.amqp.Worker;
import kit.postgres.Postgres;

/** Takes payments from a queue, in the way that PLAN_STRATEGY names. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Service.run(Main::open);
    }

    private static Routes open(Environment environment) throws InterruptedException {
        Strategy strategy = strategyOf(environment);
        HikariDataSource pool =
                Postgres.openPool(environment.required("DATABASE_URL"), Postgres.POOL_SIZE);
        Worker worker =
                Worker.start(
                        new Consumption(
                                environment.required("AMQP_URL"),
                                "payments",
                                environment.integer("PLAN_PREFETCH", 20),
                                (message, channel) -> handle(message, pool, strategy)));
        return Health.healthyWhile(worker::isConsuming).closing(worker, pool);
    }

    private static Strategy strategyOf(Environment environment) {
        boolean marksFirst = environment.text("PLAN_FIRST", "mark").equals("mark");
        Map<String, Strategy> strategies =
                Map.of(
                        "naive", new Naive(),
                        "dedup-table", new DedupTable(),
                        "dedup-separate", marksFirst ? new MarkFirst() : new EffectFirst(),
                        "natural-key", new NaturalKey());
        String name = environment.text("PLAN_STRATEGY", "naive");
        Strategy strategy = strategies.get(name);
        if (strategy != null) return strategy;
        throw new IllegalStateException("there is no strategy \"%s\"".formatted(name));
    }

    private static Verdict handle(Delivery message, DataSource pool, Strategy strategy)
            throws Exception {
        Optional<Received> received = read(message);
        // It will be no more readable the next time, and requeued it would come for ever. It goes to the
        // dead letters, where its queue has any: kata 8.
        if (received.isEmpty()) return Verdict.DISCARD;
        strategy.take(pool, received.get());
        return Verdict.ACK;
    }

    /** Nothing where it is no payment, or has no id: all such would be taken for one another. */
    private static Optional<Received> read(Delivery message) {
        String id = message.getProperties().getMessageId();
        try {
            if (!Payment.isName(id)) throw new IllegalArgumentException("there is no message_id");
            String body = new String(message.getBody(), StandardCharsets.UTF_8);
            return Optional.of(new Received(id, Payment.read(body)));
        } catch (IllegalArgumentException problem) {
            System.err.println("message " + id + " is given up: " + problem.getMessage());
            return Optional.empty();
        }
    }
}
