import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kit.Environment;
import kit.Health;
import kit.Json;
import kit.Routes;
import kit.Service;
import kit.amqp.ConfirmChannel;
import kit.amqp.Consumption;
import kit.amqp.Outgoing;
import kit.amqp.Refused;
import kit.amqp.Unroutable;
import kit.amqp.Verdict;
import kit.amqp.Worker;
import kit.inbox.Inbox;
import kit.outbox.Post;
import kit.outbox.Relay;
import kit.postgres.Postgres;

public final class Main {
    private static final byte[] NOTHING = {'{', '}'};

    public static void main(String[] args) {
        Service.run(Main::open);
    }

    private static Routes open(Environment environment) throws InterruptedException {
        String url = environment.required("AMQP_URL");
        String database = environment.text("DATABASE_URL", "");
        if (!database.isEmpty()) return openBoxes(url, database);
        Path gate = Path.of(environment.required("WORKER_GATE"));
        Worker worker =
                Worker.start(
                        new Consumption(
                                url, "work", 5, (message, channel) -> handle(message, channel, gate)));
        return Health.healthyWhile(worker::isConsuming).closing(worker);
    }

    private static Verdict handle(Delivery message, ConfirmChannel channel, Path gate)
            throws IOException, InterruptedException {
        String kind;
        try {
            kind = kindOf(message);
        } catch (IllegalArgumentException unreadable) {
            return Verdict.DISCARD;
        }
        if (kind.equals("fails-once") && !message.getEnvelope().isRedeliver()) {
            throw new IOException("not this time");
        }
        if (kind.equals("held")) {
            channel.publish(new Outgoing("", "begun", NOTHING));
            while (!Files.exists(gate)) Thread.sleep(10);
        }
        String id = message.getProperties().getMessageId();
        String done = Json.write(Map.of("id", id, "outcome", outcomeOf(kind, channel)));
        BasicProperties properties = new BasicProperties.Builder().messageId(id).build();
        channel.publish(
                new Outgoing("", "done", properties, done.getBytes(StandardCharsets.UTF_8)));
        return Verdict.ACK;
    }

    private static String kindOf(Delivery message) {
        String body = new String(message.getBody(), StandardCharsets.UTF_8);
        return Json.parse(body) instanceof Map<?, ?> fields ? String.valueOf(fields.get("kind")) : "";
    }

    private static String outcomeOf(String kind, ConfirmChannel channel)
            throws IOException, InterruptedException {
        if (!kind.equals("full") && !kind.equals("nowhere")) return "done";
        try {
            channel.publish(new Outgoing("", kind, NOTHING));
            return "published";
        } catch (Refused refused) {
            return "refused";
        } catch (Unroutable unroutable) {
            return "unroutable";
        }
    }

    private static Routes openBoxes(String url, String database) throws InterruptedException {
        HikariDataSource pool = Postgres.openPool(database, 4);
        Relay relay = Relay.start(pool, url);
        Inbox<String> inbox =
                new Inbox<>(
                        url,
                        pool,
                        "work",
                        Map.of(
                                "Asked",
                                (order, tx) ->
                                        new Post("events", "Answered", order, Map.of("order", order))
                                                .write(tx)),
                        Main::orderIn,
                        order -> order,
                        relay::wake);
        Worker worker = inbox.open();
        return Health.healthyWhile(worker::isConsuming).closing(worker, relay, pool);
    }

    private static String orderIn(String body) {
        if (Json.parse(body) instanceof Map<?, ?> fields
                && fields.get("order") instanceof String order) return order;
        throw new IllegalArgumentException("the body names no order");
    }
}
