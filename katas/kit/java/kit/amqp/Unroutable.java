package kit.amqp;

import java.io.IOException;

/** No queue took the message: it is nowhere. */
public final class Unroutable extends IOException {
    private static final long serialVersionUID = 1;

    public Unroutable() {
        super("no queue takes the message");
    }
}
