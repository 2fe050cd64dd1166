package kit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Routes with their handlers: {@code routes.on("POST /accounts/{account}/deposits", deposit)}. */
public final class Routes {
    /** Anything that it throws is answered 500 and goes to the log; BadRequest is answered 400. */
    @FunctionalInterface
    public interface Handler {
        Reply handle(Request request) throws Exception;
    }

    record Match(Handler handler, Map<String, String> parameters) {}

    private record Route(String method, String[] pattern, Handler handler) {}

    private final List<Route> routes = new ArrayList<>();
    private final List<AutoCloseable> closing = new ArrayList<>();

    public Routes on(String route, Handler handler) {
        String[] words = route.split(" ");
        routes.add(new Route(words[0], words[1].split("/"), handler));
        return this;
    }

    /** Closed at the end, once all requests are answered: the first first. */
    public Routes closing(AutoCloseable... resources) {
        closing.addAll(List.of(resources));
        return this;
    }

    void close() throws Exception {
        for (AutoCloseable resource : closing) resource.close();
    }

    Optional<Match> find(String method, String path) {
        String[] parts = path.split("/");
        for (Route route : routes) {
            if (!route.method.equals(method)) continue;
            Map<String, String> parameters = parametersIn(route.pattern, parts);
            if (parameters != null) return Optional.of(new Match(route.handler, parameters));
        }
        return Optional.empty();
    }

    /** Null where the path is another one. */
    private static Map<String, String> parametersIn(String[] pattern, String[] parts) {
        if (pattern.length != parts.length) return null;
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (pattern[i].startsWith("{") && !parts[i].isEmpty()) {
                String name = pattern[i].substring(1, pattern[i].length() - 1);
                parameters.put(name, decoded(parts[i]));
            } else if (!pattern[i].equals(parts[i])) {
                return null;
            }
        }
        return parameters;
    }

    /** A % that begins no escape stands for itself. */
    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noEscape) {
            return part;
        }
    }
}
