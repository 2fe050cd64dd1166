import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Accounts by name, each made on its first use. Making them is safe in every strategy: what a
 * strategy shows is how it treats the balance inside.
 */
final class Accounts<A> {
    private final ConcurrentMap<String, A> byName = new ConcurrentHashMap<>();
    private final Supplier<A> open;

    Accounts(Supplier<A> open) {
        this.open = open;
    }

    A find(String name) {
        return byName.computeIfAbsent(name, unused -> open.get());
    }
}
