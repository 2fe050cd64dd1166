import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** The balance is volatile, so that every thread sees the newest one; none is kept from writing. */
public final class Main {
    private static final class Account {
        volatile long balance;
    }

    private static final int THINK_MS = Integer.parseInt(System.getenv("PLAN_THINK_MS"));
    private static final ConcurrentHashMap<String, Account> ACCOUNTS = new ConcurrentHashMap<>();

    public static void main(String[] args) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 1024);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/health", exchange -> answer(exchange, 200, "{}"));
        server.createContext("/accounts/", Main::act);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
        server.start();
    }

    private static void act(HttpExchange exchange) throws IOException {
        String[] parts = exchange.getRequestURI().getPath().split("/");
        Account account = ACCOUNTS.computeIfAbsent(parts[2], name -> new Account());
        String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        long amount = body.isEmpty() ? 0 : Long.parseLong(body.replaceAll("\\D", ""));
        boolean isWithdrawal = parts[parts.length - 1].equals("withdrawals");
        long before = account.balance;
        if (amount > 0) pause();
        long after = before + (isWithdrawal ? -amount : amount);
        if (after < 0) {
            answer(exchange, 409, "{\"balance\":" + before + "}");
            return;
        }
        // A read writes nothing.
        if (amount > 0) account.balance = after;
        answer(exchange, 200, "{\"balance\":" + after + "}");
    }

    private static void pause() {
        try {
            Thread.sleep(THINK_MS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
