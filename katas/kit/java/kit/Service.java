package kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The life of an implementation: open, be healthy, serve, drain on SIGTERM, end with 0. */
public final class Service {
    /**
     * Opens what its routes need; /health answers only once it is there: with 200, unless the routes
     * have a GET /health of their own.
     */
    @FunctionalInterface
    public interface Opening {
        Routes open(Environment environment) throws Exception;
    }

    private static final int BACKLOG = 4096;

    /** Requests at work at once, where the JDK has no virtual threads (before 21). */
    private static final int THREADS = 200;

    /** The contract gives five seconds from SIGTERM to the end. */
    private static final int DRAIN_SECONDS = 4;

    /** A body that is longer is refused: without a bound one request takes all the memory. */
    private static final int LONGEST_BODY = 1024 * 1024;

    private static final int MOST_UNDER_WAY = 1_000_000;

    private final CompletableFuture<HttpServer> listening = new CompletableFuture<>();
    private volatile Routes routes = new Routes();

    /** Every request that came holds one permit, also while it waits for a thread. */
    private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);

    private Service() {}

    public static void run(Opening opening) {
        try {
            Service service = new Service();
            // Left to itself, the JVM ends with 143 on SIGTERM; halt says 0 instead.
            Runtime.getRuntime().addShutdownHook(new Thread(service::drain));
            Environment environment = Environment.read();
            service.routes = opening.open(environment);
            service.listen(environment.port());
        } catch (Exception failure) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private void listen(int port) throws IOException {
        // Small answers are sent at once, and no kept-alive connection is closed for being idle.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "100000");
        System.setProperty("sun.net.httpserver.idleInterval", "3600");
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
        ExecutorService threads = threads();
        server.setExecutor(exchange -> threads.execute(counted(exchange)));
        server.createContext("/", this::answer);
        server.start();
        listening.complete(server);
    }

    private void drain() {
        HttpServer server = listening.getNow(null);
        // Before anything is served there is nothing to drain.
        if (server == null) Runtime.getRuntime().halt(0);
        // It takes no more connections at once, but may wait longer than there is something to do.
        Thread stop = new Thread(() -> server.stop(DRAIN_SECONDS));
        stop.setDaemon(true);
        stop.start();
        try {
            boolean done = underWay.tryAcquire(MOST_UNDER_WAY, DRAIN_SECONDS, TimeUnit.SECONDS);
            routes.close();
            Runtime.getRuntime().halt(done ? 0 : 1);
        } catch (Exception failure) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private Runnable counted(Runnable exchange) {
        underWay.acquireUninterruptibly();
        return () -> {
            try {
                exchange.run();
            } finally {
                underWay.release();
            }
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = replyTo(exchange);
            byte[] body = Json.write(reply.body()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private Reply replyTo(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        var match = routes.find(method, path);
        if (match.isEmpty() && method.equals("GET") && path.equals("/health")) {
            return new Reply(200, Map.of("status", "ok"));
        }
        if (match.isEmpty()) return new Reply(404, Map.of("error", "not found"));
        try {
            byte[] read = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
            if (read.length > LONGEST_BODY) {
                return new Reply(413, Map.of("error", "the body is too large"));
            }
            String body = new String(read, StandardCharsets.UTF_8);
            return match.get().handler().handle(new Request(match.get().parameters(), body));
        } catch (BadRequest bad) {
            return new Reply(400, Map.of("error", bad.getMessage()));
        } catch (Exception failure) {
            System.err.println(method + " " + path);
            failure.printStackTrace();
            return new Reply(500, Map.of("error", "internal error"));
        }
    }

    /** A virtual thread a request where the JDK has them: these sources are compiled by 17 too. */
    private static ExecutorService threads() {
        try {
            var virtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
            return (ExecutorService) virtual.invoke(null);
        } catch (ReflectiveOperationException none) {
            return Executors.newFixedThreadPool(THREADS);
        }
    }
}
