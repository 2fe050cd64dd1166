package kit;

import java.util.Map;
import java.util.function.BooleanSupplier;

/** GET /health of a program that may lose what it works on and live on. */
public final class Health {
    private Health() {}

    /**
     * 503 for as long as it is not ready. Whoever watches over a worker that consumes nothing has to
     * hear of it; its port is open all the while.
     */
    public static Routes healthyWhile(BooleanSupplier isReady) {
        Reply ok = new Reply(200, Map.of("status", "ok"));
        Reply away = new Reply(503, Map.of("status", "the broker is away"));
        return new Routes().on("GET /health", request -> isReady.getAsBoolean() ? ok : away);
    }
}
