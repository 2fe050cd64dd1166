package kit;

/** A body that the contract does not allow: answered 400. */
public final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BadRequest(String why) {
        super(why);
    }
}
