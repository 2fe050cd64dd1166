package kit;

import java.util.Map;

/**
 * What came, once a route was found for it.
 *
 * @param parameters what stood in the place of {account} in /accounts/{account}
 */
public record Request(Map<String, String> parameters, String body) {
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /**
     * The fields of the body.
     *
     * @throws BadRequest where it is not a JSON object
     */
    public Map<String, Object> json() {
        try {
            if (Json.parse(body) instanceof Map<?, ?> fields) return asFields(fields);
        } catch (IllegalArgumentException notJson) {
            throw new BadRequest("the body is not JSON: " + notJson.getMessage());
        }
        throw new BadRequest("the body is not a JSON object");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asFields(Map<?, ?> fields) {
        return (Map<String, Object>) fields;
    }
}
