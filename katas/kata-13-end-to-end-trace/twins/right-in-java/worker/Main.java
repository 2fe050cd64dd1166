import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Takes one order after the other, and tells of it by OpenTelemetry's SDK for Java. Shares nothing
 * with the kit.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        OpenTelemetrySdk telemetry = telemetry();
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(System.getenv("AMQP_URL"));
        var connection = factory.newConnection();
        Channel channel = connection.createChannel();
        Attempts attempts = new Attempts(telemetry, System.getenv("DATABASE_URL"));
        channel.basicQos(10);
        String consumer =
                channel.basicConsume(
                        "orders",
                        false,
                        (tag, message) -> settle(channel, message, attempts.attempt(message)),
                        tag -> {});
        Runnable end =
                () -> {
                    try {
                        channel.basicCancel(consumer);
                        // Of what came and was not begun, the broker hears when the channel is closed.
                        attempts.close();
                        connection.close();
                        telemetry.shutdown().join(2, TimeUnit.SECONDS);
                        Runtime.getRuntime().halt(0);
                    } catch (Exception failure) {
                        failure.printStackTrace();
                        Runtime.getRuntime().halt(1);
                    }
                };
        // Left to itself, the JVM ends with 143 on SIGTERM; halt says 0 instead.
        Runtime.getRuntime().addShutdownHook(new Thread(end));
        serve();
    }

    /** It reads the usual variables; of metrics and logs others take care. */
    private static OpenTelemetrySdk telemetry() {
        return AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(
                        () -> Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none"))
                .build()
                .getOpenTelemetrySdk();
    }

    private static void settle(Channel channel, Delivery message, Attempts.Outcome outcome)
            throws IOException {
        long tag = message.getEnvelope().getDeliveryTag();
        switch (outcome) {
            case OK -> channel.basicAck(tag, false);
            case ERROR -> channel.basicReject(tag, true);
            case NOT_BEGUN -> {
                // It goes back when the channel is closed.
            }
        }
    }

    private static void serve() throws IOException {
        int port = Integer.parseInt(System.getenv("PORT"));
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 128);
        server.createContext("/", exchange -> answer(exchange, 404, "application/json", "{}"));
        server.createContext("/health", exchange -> answer(exchange, 200, "application/json", "{}"));
        server.createContext("/metrics", Main::metrics);
        server.start();
    }

    private static void metrics(HttpExchange exchange) throws IOException {
        PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        writer.write(page, PrometheusRegistry.defaultRegistry.scrape());
        answer(exchange, 200, writer.getContentType(), page.toString("UTF-8"));
    }

    private static void answer(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] body = text.getBytes("UTF-8");
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
