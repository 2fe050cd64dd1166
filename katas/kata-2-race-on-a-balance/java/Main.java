import java.util.Map;
import java.util.function.Function;
import kit.BadRequest;
import kit.Environment;
import kit.Reply;
import kit.Request;
import kit.Routes;
import kit.Service;

/** Keeps the balances of kata 2, in the way that PLAN_STRATEGY names. */
public final class Main {
    private static final Map<String, Function<Bank.Think, Bank>> STRATEGIES =
            Map.of("none", None::new, "lock", Lock::new, "queue", Queue::new, "atomic", Atomic::new);

    /** Sums of amounts up to this one stay exact for as long as anybody will wait. */
    private static final long MOST = 1_000_000_000;

    private Main() {}

    public static void main(String[] args) {
        Service.run(Main::open);
    }

    private static Routes open(Environment environment) {
        String name = environment.text("PLAN_STRATEGY", "none");
        var strategy = STRATEGIES.get(name);
        if (strategy == null) {
            throw new IllegalStateException("there is no strategy \"%s\"".formatted(name));
        }
        int thinkMs = environment.integer("PLAN_THINK_MS", 1);
        Bank bank = strategy.apply(() -> Thread.sleep(thinkMs));
        return new Routes()
                .on("POST /accounts/{account}/deposits", request -> change(bank, request, 1))
                .on("POST /accounts/{account}/withdrawals", request -> change(bank, request, -1))
                .on("GET /accounts/{account}", request -> read(bank, request));
    }

    private static Reply read(Bank bank, Request request) throws Exception {
        return new Reply(200, Map.of("balance", bank.balanceOf(request.parameter("account"))));
    }

    private static Reply change(Bank bank, Request request, int sign) throws Exception {
        Bank.Outcome outcome = bank.change(request.parameter("account"), sign * amountIn(request));
        if (outcome.done()) return new Reply(200, Map.of("balance", outcome.balance()));
        return new Reply(
                409, Map.of("error", "insufficient funds", "balance", outcome.balance()));
    }

    private static long amountIn(Request request) {
        if (request.json().get("amount") instanceof Long amount && amount >= 1 && amount <= MOST) {
            return amount;
        }
        throw new BadRequest("amount must be a whole number from 1 to " + MOST);
    }
}
