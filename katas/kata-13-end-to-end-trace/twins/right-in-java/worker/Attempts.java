import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Delivery;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** One attempt at a message is one span, one line, one count. */
final class Attempts implements AutoCloseable {
    enum Outcome {
        OK,
        ERROR,
        NOT_BEGUN
    }

    private record Order(String id, String sku, int quantity, String requestId) {}

    private static final String INSERT =
            "INSERT INTO orders (id, sku, quantity, request_id) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (id) DO NOTHING";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Histogram WORK =
            Histogram.builder()
                    .name("message_processing_duration_seconds")
                    .labelNames("outcome")
                    .classicOnly()
                    .classicUpperBounds(
                            0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
                    .register();

    private static final Counter MESSAGES =
            Counter.builder().name("messages_processed_total").labelNames("outcome").register();

    private final OpenTelemetry telemetry;
    private final Tracer tracer;
    private final Connection database;
    private boolean isClosed = false;

    Attempts(OpenTelemetry telemetry, String url) throws SQLException {
        this.telemetry = telemetry;
        tracer = telemetry.getTracer("worker");
        database = connect(url);
    }

    /** One at a time; once it is closed, none is begun. */
    synchronized Outcome attempt(Delivery message) throws IOException {
        if (isClosed) return Outcome.NOT_BEGUN;
        Map<String, Object> headers = message.getProperties().getHeaders();
        Order order = read(message.getBody(), headers);
        Context parent =
                telemetry
                        .getPropagators()
                        .getTextMapPropagator()
                        .extract(Context.root(), headers, new Headers());
        long started = System.nanoTime();
        Outcome outcome = store(order, parent);
        String label = outcome.name().toLowerCase();
        WORK.labelValues(label).observe((System.nanoTime() - started) / 1e9);
        MESSAGES.labelValues(label).inc();
        return outcome;
    }

    @Override
    public synchronized void close() throws SQLException {
        isClosed = true;
        database.close();
    }

    private Outcome store(Order order, Context parent) throws IOException {
        Span span =
                tracer.spanBuilder("process orders")
                        .setParent(parent)
                        .setSpanKind(SpanKind.CONSUMER)
                        .setAttribute("order.id", order.id())
                        .startSpan();
        try (Scope scope = span.makeCurrent()) {
            insert(order);
            say("info", "stored", order);
            return Outcome.OK;
        } catch (SQLException failure) {
            mark(span, failure);
            say("error", "failed: " + failure.getMessage(), order);
            return Outcome.ERROR;
        } finally {
            span.end();
        }
    }

    private void insert(Order order) throws SQLException {
        Span span =
                tracer.spanBuilder("INSERT orders")
                        .setSpanKind(SpanKind.CLIENT)
                        .setAttribute("db.system.name", "postgresql")
                        .startSpan();
        try (var statement = database.prepareStatement(INSERT)) {
            statement.setString(1, order.id());
            statement.setString(2, order.sku());
            statement.setInt(3, order.quantity());
            statement.setString(4, order.requestId());
            statement.executeUpdate();
        } catch (SQLException failure) {
            mark(span, failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    private static void mark(Span span, SQLException failure) {
        span.recordException(failure);
        span.setStatus(StatusCode.ERROR, failure.getMessage());
    }

    private static void say(String level, String message, Order order) throws IOException {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("level", level);
        line.put("message", message);
        line.put("order", order.id());
        line.put("request_id", order.requestId());
        System.out.println(JSON.writeValueAsString(line));
    }

    private static Order read(byte[] body, Map<String, Object> headers) throws IOException {
        JsonNode fields = JSON.readTree(body);
        return new Order(
                fields.get("order").asText(),
                fields.get("sku").asText(),
                fields.get("quantity").asInt(),
                String.valueOf(headers.get("x-request-id")));
    }

    private static Connection connect(String url) throws SQLException {
        URI uri = URI.create(url);
        String[] user = uri.getUserInfo().split(":", 2);
        String place = "jdbc:postgresql://%s:%d%s".formatted(uri.getHost(), uri.getPort(), uri.getPath());
        return DriverManager.getConnection(place, user[0], user[1]);
    }

    /** A header of AMQP is a LongString. */
    private static final class Headers implements TextMapGetter<Map<String, Object>> {
        @Override
        public Iterable<String> keys(Map<String, Object> headers) {
            return headers.keySet();
        }

        @Override
        public String get(Map<String, Object> headers, String name) {
            Object value = headers == null ? null : headers.get(name);
            return value == null ? null : value.toString();
        }
    }
}
