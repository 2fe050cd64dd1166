package kit;

import java.util.Map;

/** What the lab tells an implementation: katas/CONTRACT.md, first section. */
public final class Environment {
    private final Map<String, String> variables;

    public Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The process's own. */
    public static Environment read() {
        return new Environment(System.getenv());
    }

    public int port() {
        return integer("PORT", null, 65_535);
    }

    /** An option of the kata, such as PLAN_THINK_MS. */
    public int integer(String name, int fallback) {
        return integer(name, fallback, Integer.MAX_VALUE);
    }

    /** Such as PLAN_STRATEGY. */
    public String text(String name, String fallback) {
        String value = variables.getOrDefault(name, "");
        return value.isEmpty() ? fallback : value;
    }

    /** A text without which the program can't work, such as UPSTREAM_URL. */
    public String required(String name) {
        String value = variables.getOrDefault(name, "");
        if (value.isEmpty()) throw new IllegalStateException(name + " is not set");
        return value;
    }

    private int integer(String name, Integer fallback, int most) {
        if (fallback != null && variables.getOrDefault(name, "").isEmpty()) return fallback;
        String value = required(name);
        try {
            int number = Integer.parseInt(value);
            if (number >= 0 && number <= most) return number;
        } catch (NumberFormatException notANumber) {
            // Told below, with the value.
        }
        throw new IllegalStateException(
                "%s must be a whole number from 0 to %d, not \"%s\"".formatted(name, most, value));
    }
}
