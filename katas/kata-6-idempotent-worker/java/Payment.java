import java.util.Map;
import kit.Json;

/** What a message asks for. */
record Payment(String payment, String account, int amount) {
    /** @throws IllegalArgumentException where it is none; null is JSON, too, and has no fields */
    static Payment read(String text) {
        if (Json.parse(text) instanceof Map<?, ?> fields
                && fields.get("payment") instanceof String payment
                && fields.get("account") instanceof String account
                && fields.get("amount") instanceof Long amount
                && isName(payment)
                && isName(account)
                && isAmount(amount)) {
            return new Payment(payment, account, amount.intValue());
        }
        throw new IllegalArgumentException("the body is no payment");
    }

    /** PostgreSQL stores no text with a zero in it: such a message would be offered again for ever. */
    static boolean isName(String text) {
        return text != null && !text.isEmpty() && text.indexOf('\0') < 0;
    }

    /** PostgreSQL's integer is Java's. */
    private static boolean isAmount(long amount) {
        return amount >= 1 && amount <= Integer.MAX_VALUE;
    }
}
