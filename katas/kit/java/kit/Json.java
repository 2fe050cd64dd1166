package kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON without a library: Map, List, String, Long, Double, Boolean and null. Whole numbers are Long.
 */
public final class Json {
    private static final int DEEPEST = 100;

    private final String text;
    private int at = 0;

    private Json(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException where the text is not JSON, and says where */
    public static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value(0);
        json.skipSpace();
        if (json.at < text.length()) throw json.unexpected();
        return value;
    }

    public static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> fields) {
            String separator = "{";
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                out.append(separator);
                writeText(String.valueOf(field.getKey()), out);
                out.append(':');
                write(field.getValue(), out);
                separator = ",";
            }
            out.append(fields.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> items) {
            String separator = "[";
            for (Object item : items) {
                out.append(separator);
                write(item, out);
                separator = ",";
            }
            out.append(items.isEmpty() ? "[]" : "]");
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            writeText(value.toString(), out);
        }
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"' || letter == '\\') out.append('\\').append(letter);
            else if (letter < ' ') out.append("\\u%04x".formatted((int) letter));
            else out.append(letter);
        }
        out.append('"');
    }

    private Object value(int depth) {
        if (depth > DEEPEST) throw new IllegalArgumentException("nested too deep");
        skipSpace();
        switch (peek()) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"':
                return string();
            default:
                return literal();
        }
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        at++;
        skipSpace();
        if (taken('}')) return fields;
        do {
            skipSpace();
            if (peek() != '"') throw unexpected();
            String name = string();
            skipSpace();
            if (!taken(':')) throw unexpected();
            fields.put(name, value(depth + 1));
            skipSpace();
        } while (taken(','));
        if (!taken('}')) throw unexpected();
        return fields;
    }

    private List<Object> array(int depth) {
        List<Object> items = new ArrayList<>();
        at++;
        skipSpace();
        if (taken(']')) return items;
        do {
            items.add(value(depth + 1));
            skipSpace();
        } while (taken(','));
        if (!taken(']')) throw unexpected();
        return items;
    }

    private String string() {
        StringBuilder read = new StringBuilder();
        at++;
        while (peek() != '"') {
            char letter = text.charAt(at++);
            if (letter < ' ') throw unexpected();
            read.append(letter == '\\' ? escaped() : letter);
        }
        at++;
        return read.toString();
    }

    private char escaped() {
        char letter = peek();
        at++;
        switch (letter) {
            case '"', '\\', '/':
                return letter;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                String code = text.substring(at, Math.min(at + 4, text.length()));
                if (!code.matches("[0-9a-fA-F]{4}")) throw unexpected();
                at += 4;
                return (char) Integer.parseInt(code, 16);
            default:
                throw unexpected();
        }
    }

    private Object literal() {
        int start = at;
        while (at < text.length() && ",:]} \t\r\n".indexOf(text.charAt(at)) < 0) at++;
        String word = text.substring(start, at);
        switch (word) {
            case "null":
                return null;
            case "true", "false":
                return Boolean.valueOf(word);
            default:
                at = start;
                if (!word.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) throw unexpected();
                at += word.length();
                return number(word);
        }
    }

    private static Number number(String word) {
        if (word.matches("-?\\d{1,18}")) return Long.valueOf(word);
        return Double.valueOf(word);
    }

    private char peek() {
        if (at >= text.length()) throw unexpected();
        return text.charAt(at);
    }

    private boolean taken(char wanted) {
        if (at >= text.length() || text.charAt(at) != wanted) return false;
        at++;
        return true;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(
                at < text.length()
                        ? "unexpected '%c' at position %d".formatted(text.charAt(at), at)
                        : "it ends too early");
    }
}
